import { describe, expect, it } from 'vitest'
import { HOUR, later, delayedMentions, MessageId, MINUTE } from '@embargo/core'
import type { CaseState, Suspect } from '@embargo/core'
import { callCard } from '../../src/cards/call.ts'
import { findLeakSuspect } from '../../src/commands/shared/leak-suspect.ts'
import { ana, ben } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse, START } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

const opened = () => new SmallHouse().opens().wait(HOUR)
const LINK = 'https://forum.example/thread/1'

function answers(house: SmallHouse, id: string): SmallHouse {
  const report = house.state().reports[0]?.id
  if (report === undefined) throw new Error('no report')
  return house.comes({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse(id),
    from: 'reporter',
    report,
    trust: 'domain-vouches',
    automatic: false,
  })
}

/** The second person looks at the request and presses the button. */
async function approves(house: SmallHouse) {
  const shown = cardOf(await house.asks(ben, 'approve'))
  return house.asks(ben, 'approve', press(shown, 'Approve').input)
}

/** The cards of the delayed mentions that are due now. */
const calls = (house: SmallHouse) =>
  delayedMentions(house.policy.policy, { case: house.state(), others: new Map() }, house.now).map((call) =>
    callCard(house.state(), call, { policy: house.policy.policy, at: house.now, where: { platform: 'slack' } }),
  )

describe('/embargo', () => {
  it('shows what is agreed, whom it binds, and how long it can be', async () => {
    expect(cardOf(await opened().asks(ana, 'embargo', 'show')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · embargo
      Ends           Sun 23 Aug 2026, 09:00 UTC · in 89 days
      Binds          the team and 1 reporter.
      At most        Tue 22 Sep 2026, 23:59 UTC (in 120 days); a later end takes two admins
      The end is a limit: the release may come earlier. Until a date is agreed, the earliest proposed date counts.
      When you log a reporter’s answer, name the mail that contains it. Silence counts neither as a yes nor as a no."
    `)
  })

  it('says, if no embargo is in force, that a proposed date starts none until both sides agree', async () => {
    const house = opened()
    await house.asks(ana, 'triage', 'invalid it is by design')
    await house.asks(ana, 'close', 'it is by design')
    await house.asks(ana, 'reopen', 'it is not')
    expect(cardOf(await house.asks(ana, 'embargo', 'until 2026-09-15')).fallback).toContain(
      'Proposed. No embargo is in force until the other side agrees. Silence counts neither as a yes nor as a no.',
    )
  })

  it('proposes a date, logs the agreement with its mail, and reports it in the channel', async () => {
    const house = opened()
    await house.asks(ana, 'embargo', 'until 2026-09-15 the fix changes the file format')
    expect(house.asked.at(-1)?.request).toEqual({
      verb: 'embargo.until',
      case: CASE,
      end: Date.UTC(2026, 8, 15, 14, 0),
      reason: 'the fix changes the file format',
    })
    expect((await house.lastCard('change')).fallback).toBe(
      'Ana proposes that the embargo ends Tue 15 Sep 2026, 14:00 UTC: the fix changes the file format',
    )
    expect(cardOf(await house.asks(ana, 'embargo', 'show')).fallback).toContain(
      'Proposed       Tue 15 Sep 2026, 14:00 UTC (in 113 days) by Ana, ',
    )
    answers(house.wait(HOUR), 'mail-2')
    await house.asks(ana, 'log-answer', 'last consent-yes')
    expect((await house.lastCard('change')).fallback).toBe(
      'The reporter agreed. The embargo ends Tue 15 Sep 2026, 14:00 UTC.',
    )
  })

  it('treats a date that the reporter names as a counter-proposal, with buttons to answer it', async () => {
    const house = answers(opened(), 'mail-2')
    await house.asks(ana, 'log-answer', 'last proposes 2026-07-01')
    expect((await house.lastCard('change')).fallback).toBe(
      'The reporter proposes that the embargo ends Wed 1 Jul 2026, 14:00 UTC. Until a date is agreed, the earlier of the two dates counts.',
    )
    const card = cardOf(await house.asks(ana, 'embargo', 'show'))
    await house.asks(ana, 'embargo', press(card, 'Accept').input)
    expect(house.state().em).toEqual({ is: 'active', end: Date.UTC(2026, 6, 1, 14, 0) })
  })

  it('shows first what it means to end the embargo, and asks for a listed reason', async () => {
    const house = answers(opened(), 'mail-2')
    expect(cardOf(await house.asks(ana, 'embargo', 'open')).fallback).toContain(
      'The other side must agree to a proposed date.',
    )
    await house.asks(ana, 'log-answer', 'last open-yes')
    const card = cardOf(await house.asks(ana, 'embargo', 'open'))
    expect(card.fallback).toContain('This cannot be undone. Nothing has happened yet.')
    expect(cardOf(await house.asks(ana, 'embargo', 'end because')).fallback).toContain(
      'a line of explanation: attacks, leak or unreachable',
    )
    expect(cardOf(await house.asks(ana, 'embargo', 'end attacks seen')).fallback).toContain(
      'An embargo can be ended early only because of a fact in the log.',
    )
    await house.asks(ana, 'embargo', press(card, 'Go on in public').input)
    expect(house.state().em).toMatchObject({ is: 'exited', reason: 'opened' })
  })

  it('needs two admins for a date beyond the limit for reporter and team', async () => {
    const house = opened()
    expect(cardOf(await house.asks(ana, 'embargo', 'until 2026-12-01')).fallback).toContain(
      'The reporter and the team can agree on an embargo only up to a maximum length.',
    )
    const preview = cardOf(await house.asks(ana, 'embargo', 'until 2026-12-01 a rewrite'))
    await house.asks(ana, 'embargo', press(preview, 'Ask the second person').input)
    expect((await house.lastCard('approval')).fallback).toContain('Any admin on this case but Ana can answer.')
    await house.asks(ana, 'embargo', 'until 2026-09-15 a little longer')
    expect(house.asked.at(-1)?.request).toMatchObject({ verb: 'embargo.until' })
  })
})

describe('/signal', () => {
  it('freezes at once, and shows the plan to the caller and to the second person', async () => {
    const house = await untilReady()
    const card = cardOf(await house.asks(ana, 'signal', `public ${LINK}`))
    expect(house.asked.at(-1)?.request).toMatchObject({ verb: 'signal.public', link: LINK })
    expect(card.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · the fast path
      It is public, as somebody says.
      Ends: The embargo ends at once, automatically.
      Skipped: the promised notice (nobody can prepare in confidence any longer, so there is no pre-notification).
      · the release hours (people need to act now).
      · the release date (a promised date is binding only while the vulnerability is secret).
      · the reporter’s check (any team member who did not write the patch may confirm it at once).
      Told: the reporter, everybody on this case, here.
      Within the hour: The full publication: the fix is ready.
      · The interim advisory: 2 public lists, and 3 mails with the available patches.
      Takes: The signal: a second person’s approval, or no answer until Mon 25 May 2026, 10:30 UTC.
      · The interim advisory: two people, or the requester alone after 30 minutes without an answer.
      [ Say no ] [ Status ]"
    `)
    expect((await house.lastCard('change')).fallback).toContain('Ana says that the vulnerability is public: ')
    const question = await house.lastCard('approval')
    expect(question.fallback).toContain('Silence counts as a yes: unless somebody refuses, this takes effect')
    expect(question.fallback).toContain('Within the hour: The full publication: the fix is ready.')
    expect((await house.lastCard('status')).title).toContain('· frozen')
    expect(cardOf(await house.asks(ana, 'prenotify', '2026-06-09')).fallback).toContain(
      'This waits while approved mail is leaving, while the release is on hold or its publication is approved, or while a signal or the removal of a case waits for a second person.',
    )
  })

  it('takes effect when a second person agrees, and offers the interim advisory', async () => {
    const house = await untilReady()
    await house.asks(ana, 'signal', 'attack')
    await approves(house)
    expect(house.state().cs.attacks).toBe(house.now)
    const preview = cardOf(await house.asks(ana, 'disclose', 'interim'))
    expect(preview.title).toBe('SEC-2026-0042 · interim advisory')
    await house.asks(ana, 'disclose', press(preview, 'Ask the second person').input)
    expect((await house.lastCard('approval')).fallback).toContain('Without an answer, Ana may go on alone from')
    expect(calls(house)).toEqual([])
    const waits = cardOf(await house.asks(ana, 'disclose', 'interim'))
    expect(waits.fallback).toContain('This is already waiting for a second person. Ana may go on alone from')
    expect(waits.actions).toEqual([])
    house.wait(31 * MINUTE)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(
      /Next +Ana: approve alone, because nobody answered \(or any team member but Ana: approve or refuse\)/,
    )
    const told = calls(house)
    expect(told.map(({ fallback, mentions }) => ({ fallback, mentions }))).toMatchInlineSnapshot(`
      [
        {
          "fallback": "Ana: nobody answered in time, so you may now do this alone: publish what is known before there is a fix.
      [ Go on alone ]",
          "mentions": [
            "ana",
          ],
        },
      ]
    `)
    const again = cardOf(await house.asks(ana, 'disclose', 'interim'))
    expect(again.actions.map(({ label, verb }) => [label, verb])).toEqual([['Go on alone', 'approve']])
    // Ana types the command `approve` and does not press the button `Go on alone`.
    const look = await house.asks(ana, 'approve')
    await house.asks(ana, 'approve', press(cardOf(look), 'Approve').input)
    expect(calls(house)).toEqual([])
    expect((await house.cards()).map(({ fallback }) => fallback)).toContain(
      'The interim advisory goes out: facts without a fix. The full publication follows.',
    )
  })

  it('says so if it took effect because nobody answered', async () => {
    const house = opened()
    await house.asks(ana, 'signal', `exploit ${LINK}`)
    const [approval] = house.state().approvals
    if (approval?.yesFrom === undefined) throw new Error('nothing waits')
    house.wait(30 * MINUTE).comes({
      verb: 'fire-clock',
      stream: CASE,
      clock: `signal/${approval.id}`,
      round: approval.yesFrom,
      fraction: 1,
    })
    expect((await house.cards()).map(({ fallback }) => fallback)).toContain(
      'Nobody refused in time, and silence counts as a yes.',
    )
    const answered = await house.lastCard('approval')
    expect(answered.fallback).toContain('Approved by silence: nobody refused in time.')
    expect(answered.fallback).not.toContain('Approved.')
    expect(house.state().cs.exploit).toBe(later(START, HOUR + 30 * MINUTE))
  })

  it('can be rejected, and can be corrected by two people', async () => {
    const house = opened()
    await house.asks(ana, 'signal', `public ${LINK}`)
    await house.asks(ben, 'approve.no', 'an older bug')
    expect(house.state().cs.public).toBeUndefined()
    await house.asks(ana, 'signal', `public ${LINK}`)
    await approves(house)
    const preview = cardOf(await house.asks(ana, 'signal', 'wrong public it was another bug'))
    await house.asks(ana, 'signal', press(preview, 'Ask the second person').input)
    await approves(house)
    expect(house.state().signals.map(({ is }) => is)).toEqual(['refused', 'corrected'])
    expect((await house.lastCard('change')).fallback).toContain('It is not true that the vulnerability is public')
  })

  it('corrects one leak of several by the name of its recipient', async () => {
    const house = opened()
    for (const who of ['north', 'south']) {
      await house.asks(ana, 'signal', `leak ${who} a mirror had it`)
      await approves(house)
    }
    const preview = cardOf(await house.asks(ana, 'signal', 'wrong leak south it was another mirror'))
    await house.asks(ana, 'signal', press(preview, 'Ask the second person').input)
    await approves(house)
    expect(house.state().signals.map(({ is }) => is)).toEqual(['counted', 'corrected'])
    expect((await house.lastCard('change')).fallback).toContain('It is not true that details got out')
    expect(cardOf(await house.asks(ana, 'signal', 'wrong leak south')).fallback).toContain('then the reason')
  })

  describe('with two leaks that have taken effect', () => {
    async function leaked(): Promise<SmallHouse> {
      const house = opened()
      for (const who of ['north', 'south']) {
        await house.asks(ana, 'signal', `leak ${who} a mirror had it`)
        await approves(house)
      }
      return house
    }

    async function corrects(house: SmallHouse, typed: string) {
      const preview = cardOf(await house.asks(ana, 'signal', `wrong leak ${typed}`))
      await house.asks(ana, 'signal', press(preview, 'Ask the second person').input)
      await approves(house)
      return house.state().signals.map(({ is }) => is)
    }

    it('finds the named recipient, even if no list has them any more', async () => {
      const house = await leaked()
      // No prenotification list gets cases with low severity.
      await house.asks(ana, 'triage', 'valid low CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N CWE-22')
      expect(house.state().severity).toBe('low')
      expect(await corrects(house, 'North it was another mirror')).toEqual(['corrected', 'counted'])
      expect(house.recorded.map(({ one }) => one.event)).toContainEqual(
        expect.objectContaining({ type: 'SignalCorrected', reason: 'it was another mirror' }),
      )
    })

    it('clears nobody if no name matches, and names the suspects', async () => {
      const house = await leaked()
      for (const typed of ['noth it was another mirror', 'it was another mirror']) {
        const said = cardOf(await house.asks(ana, 'signal', `wrong leak ${typed}`))
        expect(said.actions.map(({ label }) => label)).not.toContain('Ask the second person')
        expect(said.fallback).toContain(
          'Several leaks are signalled here: north, south. Type the name of the one that was wrong, or “all”',
        )
      }
      expect(cardOf(await house.asks(ana, 'signal', 'wrong leak all')).fallback).toContain('then the reason')
    })

    it('distinguishes recipients of one name by their lists, and finds a person by name', () => {
      const of = (suspects: readonly Suspect[]): CaseState => ({
        ...opened().state(),
        signals: suspects.map((suspect, at) => ({
          id: `s${at}`,
          what: 'leak',
          suspect,
          is: 'counted',
          raisedAt: START,
          countedAt: START,
        })),
      })
      const distros = { kind: 'recipient', list: 'distros', recipient: 'north' } as const
      const vendors = { ...distros, list: 'vendors' }
      const person = { kind: 'person', person: ben } as const
      const nobody = () => undefined
      expect(findLeakSuspect(of([distros, vendors]), 'north why', nobody)).toContain(
        'here: distros/north, vendors/north.',
      )
      expect(findLeakSuspect(of([distros, vendors]), 'vendors/north why', nobody)).toEqual({
        suspect: vendors,
        reason: 'why',
      })
      expect(findLeakSuspect(of([distros, person]), '@ben why', nobody)).toEqual({ suspect: person, reason: 'why' })
      expect(findLeakSuspect(of([distros, person]), 'ben said so', nobody)).toContain('here: north, @ben.')
    })

    it('clears all of them with the word for all', async () => {
      const house = await leaked()
      expect(await corrects(house, 'all it was another mirror')).toEqual(['corrected', 'corrected'])
      expect(house.recorded.map(({ one }) => one.event)).toContainEqual(
        expect.objectContaining({ type: 'SignalCorrected', reason: 'it was another mirror' }),
      )
    })
  })

  it('finds a recipient by name, and asks for the decision', async () => {
    const house = opened()
    await house.asks(ana, 'signal', 'leak north a mirror had it')
    expect(house.asked.at(-1)?.request).toMatchObject({
      verb: 'signal.leak',
      suspect: { kind: 'recipient', recipient: 'north' },
      text: 'a mirror had it',
    })
    expect((await house.lastCard('change')).fallback).toContain(
      'Ana says that details got out, through North Linux: a mirror had it. No embargoed mail is sent until',
    )
    await approves(house)
    expect((await house.lastCard('change')).fallback).toContain(': a mirror had it. Decide: end the embargo, or go on.')
    expect((await house.lastCard('status')).fallback).toContain('leaked')
    await house.asks(ana, 'embargo', 'keep only a file name')
    expect(house.asked.at(-1)?.request).toMatchObject({ verb: 'embargo.keep', reason: 'only a file name' })
  })

  it.each([
    ['public', 'Give the link to where it is public'],
    ['exploit not-a-link', 'Give one link'],
    ['attack we see it in our logs', 'Leave it out if there is no link, and say in the channel what was seen.'],
    ['correct public', 'then the reason'],
    ['go-on', 'Give the reason why'],
  ])('says how to write the command: %s', async (typed, says) => {
    expect(cardOf(await opened().asks(ana, 'signal', typed)).fallback).toContain(says)
  })
})

describe('/disclose unfixed and /deployed', () => {
  it('is offered on the status card of a public case, and a pre-notification never is', async () => {
    const house = await untilReady()
    const labels = async () => cardOf(await house.asks(ana, 'status')).actions.map(({ label }) => label)
    expect(await labels()).toContain('Pre-notify')
    await house.asks(ana, 'signal', `public ${LINK}`)
    await approves(house)
    expect(await labels()).toEqual(expect.arrayContaining(['Disclose']))
    expect(await labels()).not.toContain('Pre-notify')
  })

  it('asks why nothing is fixed', async () => {
    const house = await untilReady()
    expect(cardOf(await house.asks(ana, 'disclose', 'unfixed')).fallback).toContain('give the reason')
  })

  it('records a deployment with its evidence', async () => {
    const house = await untilReady()
    await house.asks(ben, 'done', 'deployed main https://status.example/1')
    expect((await house.lastCard('change')).fallback).toBe(
      'Ben: the fix for main is deployed: hxxps://status.example/1',
    )
  })
})
