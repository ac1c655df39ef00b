import { describe, expect, it } from 'vitest'
import { EffectId, MessageId } from '@embargo/core'
import type { CaseState, Outcome } from '@embargo/core'
import { doubtCard } from '../../src/cards/doubt.ts'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { untilPublishing } from '../fixtures/until-publishing.ts'

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
      It was stored without being opened, because three attempts to read it took too much time or memory.
      Its original bytes are stored under mail-3."
    `)
  })

  it('can be listed and read in the terminal', async () => {
    const house = new SmallHouse().opens()
    const there = { platform: 'terminal', case: CASE } as const
    expect(cardOf(await house.asks(ana, 'read', 'mails ', there)).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · mails
      1 · the reporter · Mon 25 May 2026, 09:00 UTC (now) · ✓ The sender’s domain confirms that it sent this. Not signed."
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
      'The list of what failed or is in doubt in this case',
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
