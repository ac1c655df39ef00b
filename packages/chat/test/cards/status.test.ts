import { describe, expect, it } from 'vitest'
import { DAY, EffectId, HOUR, implicitRelease, later, MessageId } from '@embargo/core'
import type { CaseState, Outcome } from '@embargo/core'
import { COMMANDS, typedName } from '../../src/index.ts'
import { approvalCard } from '../../src/cards/approval.ts'
import { doubtCard } from '../../src/cards/doubt.ts'
import { reminderCard } from '../../src/cards/reminder.ts'
import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { ana, ben, cem, policyOf } from '../fixtures/policy.ts'
import { CASE, CHANNEL, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { untilPublishing } from '../fixtures/until-publishing.ts'
import { untilReady } from '../fixtures/until-ready.ts'

function outcome(house: SmallHouse, letter: string, is: (effect: EffectId) => Outcome): void {
  const effects = house.recorded.flatMap((_, index) => house.effectsOf(index))
  const effect =
    effects.findLast((each) => each.kind === 'send-mail' && each.letter === letter) ?? expect.fail(`no ${letter}`)
  house.comes({ verb: 'record-outcome', stream: effect.stream, effect: effect.id, outcome: is(effect.id) })
}

const accepted = (
  house: SmallHouse,
  letter: 'announcement' | 'prenotification',
  to: Extract<Outcome, { is: 'mail-accepted' }>['to'],
) => outcome(house, letter, () => ({ is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' }))

describe('the status card', () => {
  it('is read in five seconds', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'triage.affects', 'main')
    await house.asks(ana, 'triage.affects', '4.2')
    await house.asks(ana, 'triage.affects', '3.9 no')
    await house.asks(ana, 'assign-patch', 'ben main')
    await house.asks(ana, 'assign-patch', 'ana 4.2')
    await house.asks(ben, 'patch', { action: 'submit', branch: 'main', patch: '--- a\n+++ b\n' })
    house.wait(2 * DAY)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · fixing · high
      Embargo ends   Sun 23 Aug 2026, 09:00 UTC · in 88 days
      Next           Ana: submit the patch for 4.2 · due Wed 24 Jun
      Branches       main waits for verification (patch by Ben) · 4.2 patch missing (Ana)
      Waiting on     the reporter: does the patch for main fix it? (asked 2 days ago)
      Still missing  to prenotify: The patch for main has no verification. 4.2 has no patch. Any team member but Ben logs what the reporter answers about main: /cvd log-answer <last|number|elsewhere> <answer> · Any team member but Ben confirms main, if the reporter is silent until Thu 28 May 2026, 09:00 UTC: /cvd confirm main · Ana submits a patch for 4.2; then somebody who did not write it confirms it: /cvd patch <file or text>, then /cvd confirm · Any team member leaves a branch unfixed, with a reason and a second person: /cvd waive fix <reason>
      Still missing  to prenotify: The advisory has no component and impact yet. Any team member writes them: /cvd advisory <component> <impact>
      Clocks         the reporter verifies the patch for main · due Thu 28 May, 09:00 UTC · nothing has happened for a while · due Mon 1 Jun, 09:00 UTC · tell the reporter how far the case is · due Mon 8 Jun, 09:00 UTC · and 2 more clocks
      More in /cvd help
      [ Submit patch ] [ Write to reporter ] [ Change the rating ] [ Affected branch ] [ Assign the patch ] [ Advisory text ] [ Another embargo date ] [ Invite ] [ Plan the release ]"
    `)
  })

  it('shows a case that has only just arrived', async () => {
    expect(cardOf(await new SmallHouse().opens().asks(ana, 'status')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · received · not rated
      Embargo ends   Sun 23 Aug 2026, 09:00 UTC · in 90 days
      Next           Ana: acknowledge the report (or any team member) · due Tue 26 May
      Unanswered     1 mail from the reporter
      Still missing  to assign-patch: Nobody has acknowledged the report yet. Any team member acknowledges it: /cvd ack
      Still missing  to assign-patch: Nobody has decided whether the report is valid. Any team member decides with a disposition: /cvd triage <disposition>
      Still missing  to assign-patch: The severity is not rated yet. Any team member rates it: /cvd triage <disposition>
      Clocks         acknowledge the report · due Tue 26 May, 09:00 UTC · take the case, which nobody owns · due Thu 28 May, 09:00 UTC
      More in /cvd help
      [ Acknowledge ] [ Triage ] [ Write to reporter ]"
    `)
  })

  it('becomes a list with one row for each case', async () => {
    expect(cardOf(await (await untilReady()).asks(ana, 'status', 'mine')).fallback).toMatchInlineSnapshot(`
      "Your cases, page 1
      SEC-2026-0042 · ready · high · Ana: pre-notify · due Thu 13 Aug · embargo Sun 23 Aug 2026, 09:00 UTC · in 89 days
      [ SEC-2026-0042: Pre-notify ]"
    `)
  })
})

describe('mail', () => {
  it('from somebody else is never shown as the reporter’s', async () => {
    const house = new SmallHouse().opens()
    const report = house.state().reports[0]?.id ?? expect.fail('no report')
    house.comes({
      verb: 'take-in-message',
      case: CASE,
      message: MessageId.parse('mail-2'),
      from: 'unverified',
      report,
      trust: 'failed',
      automatic: true,
    })
    expect((await house.lastCard('mail')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · somebody unknown writes · mail 2
      From           Rafi <rafi@reporter.example>
      Subject        Path traversal in template names
      ✗ A check failed: treat the sender as unknown.
      It was sent to this case’s address, but not from the reporter’s address. Do not take it for the reporter’s word.
      It looks like an automatic answer.
      The mail:
      > Hello,
      >
      > naming a template ../../etc/passwd reads it.
      >
      > Rafi
      Attached: poc.txt · 812 bytes · text/plain · sha256 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
      [ Write to the reporter ] [ Get the files ]"
    `)
  })

  it('that could not be read is in quarantine', async () => {
    const house = new SmallHouse().opens()
    house.comes({ verb: 'quarantine-message', case: CASE, message: MessageId.parse('mail-3'), because: 'parser-died' })
    expect((await house.lastCard('notice')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · a mail is in quarantine
      It was stored without being opened, because two attempts to read it took too much time or memory.
      Its original bytes are stored under mail-3."
    `)
  })

  it('can be listed and read in the terminal', async () => {
    const house = new SmallHouse().opens()
    const there = { platform: 'terminal', case: CASE } as const
    expect(cardOf(await house.asks(ana, 'read', 'mails ', there)).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · mails
      1 · the reporter · Mon 25 May 2026, 09:00 UTC (now) · ✓ Its domain confirms that it sent this. Not signed."
    `)
    expect(cardOf(await house.asks(ana, 'read', 'mails 1', there)).title).toBe(
      'SEC-2026-0042 · mail 1, from the reporter',
    )
  })

  it('has a mark of its own if it was not sent', async () => {
    const house = new SmallHouse().opens()
    const to = { kind: 'report', report: house.state().reports[0]?.id ?? expect.fail('no report') } as const
    outcome(house, 'receipt', () => ({ is: 'mail-failed', letter: 'receipt', to, because: '550 no such user' }))
    expect((await house.lastCard('change')).fallback).toMatchInlineSnapshot(`
      "✗ The receipt to the reporter was not sent: 550 no such user. Check the address, or find another way to reach them.
      [ Done by hand ] [ Try again ]"
    `)
  })
})

describe('a publication', () => {
  it('is one card, which is updated as the publication proceeds', async () => {
    const house = await untilPublishing()
    expect((await house.lastCard('publication')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · publishing, 0 of 4 steps
      … announcement · running
        oss-security · waits for the previous step
        recipients told that the embargo is over · waits for the previous step
        thanks to the reporter · waits for the previous step"
    `)
    accepted(house, 'announcement', { kind: 'public', list: 'announce' })
    expect((await house.lastCard('publication')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · publishing, 1 of 4 steps
      ✓ announcement · done · <m@quillmark.example>
      … oss-security · running
        recipients told that the embargo is over · waits for the previous step
        thanks to the reporter · waits for the previous step"
    `)
  })

  it('asks a person whether a step with an unknown result was done', async () => {
    const house = await untilPublishing()
    outcome(house, 'announcement', () => ({
      is: 'parked',
      doubt: true,
      because: 'the connection broke after the data',
    }))
    const doubt = await house.lastCard('notice')
    expect(doubt.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · did it go out?
      The announcement to the announce list may or may not have gone out: the connection broke after the data
      Check whether it arrived, and then choose below. Until then it is not sent again.
      [ It went ] [ Send it again ]"
    `)
    expect(press(doubt, 'Send it again').confirm).toContain('twice')
    const moving = (await house.lastCard('publication')).fallback
    expect(moving).toContain('? announcement · waits for a person')
    expect(moving).toContain('Waits for a person: the connection broke after the data')
    await house.asks(ana, 'settle', press(doubt, 'It went').input)
    expect((await house.lastCard('change')).fallback).toMatchInlineSnapshot(`"Ana: it went out."`)
    expect((await house.lastCard('publication')).fallback).not.toContain('Waits for a person')
    expect(house.asked.at(-1)?.request).toMatchObject({ verb: 'settle', case: CASE, outcome: 'went' })
  })

  it('lets word ahead of a publication be given up when the secret is out or attacked, and not before', () => {
    const state = new SmallHouse().opens().state()
    const doubt = {
      effect: EffectId.parse('effect'),
      letter: 'prenotification',
      to: 'recipient:distros/south',
      doubt: false,
      because: 'It is public.',
    }
    const labels = (one: CaseState) => doubtCard({ state: one, doubt }).actions.map(({ label }) => label)
    expect(labels(state)).toEqual(['Done by hand', 'Try again'])
    const out = { ...state, cs: { ...state.cs, public: state.openedAt } }
    expect(labels(out)).toEqual(['Done by hand', 'Try again', 'No longer needed'])
    const attacked = { ...state, cs: { ...state.cs, attacks: state.openedAt } }
    expect(labels(attacked)).toEqual(['Done by hand', 'Try again', 'No longer needed'])
    expect(doubtCard({ state: out, doubt: { ...doubt, letter: 'announcement' } }).actions).toHaveLength(2)
  })

  it('can have a parked step settled by its number', async () => {
    const house = await untilPublishing()
    outcome(house, 'announcement', () => ({ is: 'parked', doubt: false, because: 'the server refused it' }))
    await house.asks(ana, 'settle', '1 again')
    expect(house.asked.at(-1)?.request).toMatchObject({ verb: 'settle', outcome: 'again' })
    expect(cardOf(await house.asks(ana, 'settle', '7 went')).fallback).toContain(
      'Nothing that failed or is in doubt in this case',
    )
  })

  it('has everything that waits in one list, which can be settled with one action', async () => {
    const house = await untilPublishing()
    expect(cardOf(await house.asks(ana, 'settle', '')).title).toBe('Nothing waits to be settled')
    outcome(house, 'announcement', () => ({ is: 'parked', doubt: false, because: 'the server refused it' }))
    const listed = cardOf(await house.asks(ana, 'settle', ''))
    expect(listed.fallback).toContain('1. The announcement to the announce list was not done: the server refused it')
    const before = house.asked.length
    const done = cardOf(await house.asks(ana, 'settle', press(listed, 'Try all again').input))
    expect(done.fallback).toContain('1 thing settled: they are tried again.')
    expect(house.asked.slice(before).map(({ request }) => request)).toMatchObject([
      { verb: 'settle', case: CASE, outcome: 'again' },
    ])
  })
})

describe('reminders', () => {
  it('never asks to publish before the date of the release', async () => {
    const house = new SmallHouse().opens()
    const due = later(house.now, DAY)
    const state = house.state()
    const base = {
      where: { platform: 'slack' },
      state,
      clock: 'release',
      due,
      breached: false,
      hears: 'owner',
      policy: policyOf(),
    } as const
    const eve = reminderCard({ ...base, fraction: 0.9, at: house.now })
    expect(eve.fallback).toContain('be ready to publish. Nothing is published before its time. Due')
    expect(eve.fallback).not.toContain('Please do it now')
    expect(eve.actions.map((action) => action.verb)).toEqual(['status', 'remind.later'])
    expect(reminderCard({ ...base, fraction: 1, at: due }).actions.map((action) => action.verb)).toEqual([
      'disclose',
      'remind.later',
    ])
  })

  it('say why a deadline was extended after Embargo was not running', () => {
    const house = new SmallHouse().opens()
    const due = later(house.now, HOUR)
    const base = {
      where: { platform: 'slack' },
      state: house.state(),
      clock: 'signal/SEC-2026-0042/a1',
      due,
      breached: false,
      hears: 'owner',
    } as const
    const card = reminderCard({ ...base, fraction: 0, extendedTo: due, policy: policyOf(), at: house.now })
    expect(card.fallback).toContain('say yes or no to a signal. Due Mon 25 May 2026, 10:00 UTC (in 1 hour).')
    expect(card.fallback).toContain(
      'was not running when the deadline passed, so nobody could answer. The deadline is extended.',
    )
    const patch = { ...base, clock: 'reporter-verification/main', fraction: 0.5, extendedTo: due }
    expect(reminderCard({ ...patch, policy: policyOf(), at: house.now }).fallback).toContain(
      'They are reminded now, and have more time.',
    )
  })

  it('mention the person named for the task, and not the coordinator', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    const due = later(house.now, DAY)
    const base = {
      where: { platform: 'slack' },
      state: house.state(),
      clock: 'release',
      due,
      breached: false,
      hears: 'owner',
      policy: policyOf(),
      at: due,
    } as const
    expect(reminderCard({ ...base, fraction: 1 }).fallback).toContain('Ana: publish.')
    expect(reminderCard({ ...base, fraction: 1, named: ben }).fallback).toContain('Ben: publish.')
  })

  it('become firmer, and name the person, the task and the time', () => {
    const house = new SmallHouse().opens()
    const due = later(house.now, DAY)
    const said = [0.5, 0.8, 1, 1].map((fraction, index) =>
      reminderCard({
        where: { platform: 'slack' },
        state: house.state(),
        clock: 'acknowledge',
        due,
        fraction,
        breached: index === 3,
        hears: index === 3 ? 'admins' : fraction < 1 ? 'owner' : 'team',
        next: { hears: fraction < 1 ? 'team' : 'admins', at: later(due, 2 * DAY) },
        policy: policyOf(),
        at: later(house.now, fraction * DAY + (index === 3 ? 2 * DAY : 0)),
      }),
    )
    expect(said.map((card) => card.fallback).join('\n\n')).toMatchInlineSnapshot(`
      "SEC-2026-0042 · reminder
      Security team: acknowledge the report. Due Tue 26 May 2026, 09:00 UTC (in 12 hours).
      [ Acknowledge ] [ Snooze ]

      SEC-2026-0042 · reminder
      Security team: acknowledge the report. Due Tue 26 May 2026, 09:00 UTC (in 4 hours).
      Please do it now. The whole team is notified next.
      [ Acknowledge ] [ Snooze ]

      SEC-2026-0042 · reminder
      Security team: acknowledge the report. It was due Tue 26 May 2026, 09:00 UTC (now).
      If nobody does it, the admins are notified next.
      [ Acknowledge ] [ Snooze ]

      SEC-2026-0042 · overdue
      Security team: acknowledge the report. It was due Tue 26 May 2026, 09:00 UTC (2 days ago).
      Nobody has done it, so the admins of this case must know.
      [ Acknowledge ]"
    `)
  })

  it('come from the clocks', async () => {
    const house = new SmallHouse().opens().wait(13 * HOUR)
    house.comes({ verb: 'fire-clock', stream: CASE, clock: 'acknowledge', round: 1, fraction: 0.8 })
    expect((await house.lastCard('reminder')).fallback).toContain('Security team: acknowledge the report.')
  })
})

describe('the other cards', () => {
  it('say that a stranger is in the channel', async () => {
    const house = new SmallHouse()
      .opens()
      .comes({ verb: 'notice-stranger', case: CASE, platform: 'slack', channel: CHANNEL, account: 'U0STRANGER' })
    expect((await house.lastCard('notice')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · a stranger is in its channel on Slack
      Somebody who is not on this case can read its channel on Slack: U0STRANGER.
      Embargo refuses their commands. Remove them from the channel, and consider what they may have read."
    `)
  })

  it('have no buttons once the question is answered', async () => {
    const house = await untilReady()
    await house.asks(
      ana,
      'prenotify',
      press(cardOf(await house.asks(ana, 'prenotify', '2026-06-09')), 'Ask the second person').input,
    )
    await house.asks(ben, 'approve.no', 'the advisory names the wrong component')
    const [approval] = house.state().approvals
    if (approval === undefined) expect.fail('no approval')
    const card = approvalCard({
      state: house.state(),
      approval,
      shown: undefined,
      policy: policyOf(),
      at: house.now,
      where: { platform: 'slack' },
    })
    expect(card.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · Ana asks: pre-notify the lists?
      Release Tue 9 Jun 2026, 14:00 UTC (in 15 days).
      Refused. Nothing was done.
      shown dddddddddddddddd"
    `)
    expect(card.actions).toEqual([])
  })

  it('list each command of the platform once in help, without those of the terminal', async () => {
    const lines = cardOf(await new SmallHouse().opens().asks(ana, 'help', 'all')).fallback.split('\n')
    const isListed = (verb: string): boolean =>
      lines.some((line) => new RegExp(`^/cvd ${typedName(verb)}(?: [[<(·]| ·)`, 'u').test(line))
    expect(COMMANDS.map(({ verb }) => verb).filter((verb) => !isListed(verb))).toEqual(['read', 'rehearse'])
    expect(lines.filter((line) => line.startsWith('/cvd ')).length).toBe(COMMANDS.length - 2)
    expect(lines.at(-1)).toBe('<needed> [optional] · more about a command: /cvd help triage')
  })

  it('list in help the few commands that the case needs now, and the others under “all”', async () => {
    const house = new SmallHouse().opens()
    expect(cardOf(await house.asks(ana, 'help')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 is received
      /cvd ack · Acknowledge a report and coordinate its case, or take over a case that is offered or has no coordinator
      /cvd triage · Classify the report (valid, invalid, duplicate …) and rate its severity
      /cvd reply · Mail the reporter or recipients; nothing else that you write in the channel is mailed
      /cvd status · Show the state of a case and what comes next, or find cases
      /cvd signal · Signal that secrecy failed (public, exploit, attack or leak), or that a signal was wrong
      More: /cvd help all · about one: /cvd help ack"
    `)
    expect(cardOf(await house.asks(ana, 'help', '', { channel: 'C-elsewhere' })).title).toBe('Commands')
    expect(cardOf(await house.asks(ana, 'help', 'triage affects')).title).toBe('Say which branches are affected')
    expect(cardOf(await house.asks(ana, 'help', 'snooze')).fallback).toContain('/cvd remind later')
    expect(cardOf(await house.asks(ana, 'help', 'people')).fallback).toContain('/cvd people invite <@person>')
    expect(cardOf(await house.asks(ana, 'help', 'traige')).fallback).toContain('Did you mean triage?')
  })

  it('list in help only the commands that the person’s roles may run', async () => {
    const policy = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['maintainer'] }] })
    const house = new SmallHouse({ policy }).opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'people.invite', '@cem maintainer')
    await house.asks(cem, 'people.join')
    await house.asks(ana, 'assign-patch', '@cem main')
    const { fallback } = cardOf(await house.asks(cem, 'help'))
    expect(fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 is assessing
      /cvd patch · Submit the patch for a branch
      /cvd status · Show the state of a case and what comes next, or find cases
      More: /cvd help all · about one: /cvd help patch"
    `)
  })

  it('do not exist for events that people need not see', async () => {
    const house = await untilPublishing()
    const before = (await house.cards()).filter((card) => card.kind === 'change').length
    expect(house.recorded.filter(({ one }) => one.stream === implicitRelease(CASE, 1)).length).toBeGreaterThan(3)
    expect(before).toBeLessThan(house.recorded.length)
  })
})
