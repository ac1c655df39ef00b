import { describe, expect, it } from 'vitest'
import { DAY, implicitRelease } from '@embargo/core'
import { COMMANDS, typedName } from '../../src/index.ts'
import { approvalCard } from '../../src/cards/approval.ts'
import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { ana, ben, cem, policyOf } from '../fixtures/policy.ts'
import { CASE, CHANNEL, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { untilPublishing } from '../fixtures/until-publishing.ts'
import { untilReady } from '../fixtures/until-ready.ts'

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
