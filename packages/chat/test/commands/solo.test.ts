import { describe, expect, it } from 'vitest'
import { DAY, previewCommand, HOUR, instant, MessageId } from '@embargo/core'
import { ana, policyOf } from '../fixtures/policy.ts'
import { renderFormAsText } from '../../src/index.ts'
import { CASE, cardOf, formOf, press, SmallHouse } from '../fixtures/small-house.ts'

/** Ana, who works alone, looks at her own request a second time, types the case number and approves the request. */
async function looksAgain(house: SmallHouse): Promise<void> {
  const button = press(cardOf(await house.asks(ana, 'approve')), 'Approve')
  await house.asks(ana, 'approve', { ...house.formOf(button)?.hidden, typedCase: CASE })
}

describe('the solo profile', () => {
  it('calls the only person by name', async () => {
    const house = new SmallHouse({ policy: policyOf('solo') }).opens()
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/Next +Ana: acknowledge the report · due /)
    house.wait(20 * DAY)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/Next +Ana: .* · overdue since /)
  })

  it('says of a longer embargo that one person looks twice, and names no admins', async () => {
    const house = new SmallHouse({ policy: policyOf('solo') }).opens()
    await house.asks(ana, 'ack')
    const end = Date.UTC(2026, 11, 1, 14, 0)
    const request = { verb: 'embargo.extend', case: CASE, end: instant(end), reason: 'a rewrite' } as const
    const world = { case: house.state(), others: new Map() }
    const preview = previewCommand(house.policy.policy, world, request, house.now)
    expect(preview).toMatchObject({
      sentences: [
        'The embargo is to end 2026-12-01T14:00:00.000Z, because: a rewrite',
        'The reporter and the team cannot agree on this end alone: it is later than the policy lets them agree on, or no reporter answers. It takes a second look.',
      ],
    })
  })

  it('logs what the reporter says of the patch, and the reporter has checked it then', async () => {
    const house = new SmallHouse({ policy: policyOf('solo') }).opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'affects', 'main')
    await house.asks(ana, 'assign-patch', 'ana')
    await house.asks(ana, 'patch', { action: 'submit', patch: '--- a\n+++ b\n' })
    const report = house.state().reports[0]?.id
    if (report === undefined) throw new Error('no report')
    const mail = { from: 'reporter', report, trust: 'domain-vouches', automatic: false } as const
    house.comes({ verb: 'take-in-message', case: CASE, message: MessageId.parse('mail-3'), ...mail })
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/Next +Ana: read what the reporter wrote/)
    await house.asks(ana, 'log-answer', 'last fixed')
    expect(house.state().branches[0]?.fix).toMatchObject({
      is: 'verified',
      verifier: { kind: 'reporter', report },
    })
    expect(house.state().cs.fixReady).toBeDefined()
  })

  it('asks for a second look, at which the case number is typed', async () => {
    const house = new SmallHouse({ policy: policyOf('solo') }).opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'triage.affects', 'main')
    await house.asks(ana, 'assign-patch', 'ana')
    await house.asks(ana, 'patch', { action: 'submit', patch: '--- a\n+++ b\n' })
    const refused = await house.asks(ana, 'confirm', 'main')
    // The rule `verifier-is-not-author` refused the command, and this rule cannot be waived. So the second button
    // waives the rule `fix`.
    expect('refusal' in refused && refused.refusal.actions.map(({ verb, input }) => [verb, input['gate']])).toEqual([
      ['log-answer', undefined],
      ['waive', 'fix'],
    ])
    house.wait(4 * DAY)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(
      /Next +Ana: go on without a check of the patch for main: nobody else is here to confirm it/,
    )
    const status = cardOf(await house.asks(ana, 'status'))
    expect(status.actions.slice(0, 3).map(({ label }) => label)).toEqual([
      'Go on without a check',
      'Log an answer',
      'Write to reporter',
    ])
    expect(press(status, 'Go on without a check')).toMatchObject({ verb: 'waive', input: { gate: 'fix' } })
    const waiver = press(cardOf(await house.asks(ana, 'waive', 'fix main nobody else is here')), 'Go on')
    await house.asks(ana, 'waive', waiver.input)
    const waits = await house.asks(ana, 'confirm', 'main')
    if (!('refusal' in waits)) throw new Error('it was not refused')
    expect(waits.refusal.actions.map(({ verb }) => verb)).toEqual(['log-answer', 'approve'])
    expect(waits.refusal.fallback).toContain('Ana approves the waiver, which waits until Fri 29 May 2026, 10:00 UTC')
    house.wait(2 * HOUR)
    await looksAgain(house)
    expect((await house.cards()).map(({ fallback }) => fallback)).toContainEqual(
      expect.stringContaining('The patch for main counts as not verified: nobody else is here'),
    )
    expect(cardOf(await house.asks(ana, 'status')).fallback).not.toContain('Waiting on')
    await house.asks(ana, 'advisory', { component: 'loader', impact: 'Reads files.' })
    const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
    await house.asks(ana, 'prenotify', press(preview, 'Go on').input)
    const card = await house.lastCard('approval')
    expect(card.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · Ana looks again: pre-notify the lists?
      Mail cannot be called back: the recipients will know.
      Release Tue 9 Jun 2026, 14:00 UTC (in 11 days).
      From Fri 29 May 2026, 12:00 UTC, Ana looks again and types the case number. If anything changes first, we ask again.
      ⚠ Nobody has named the affected versions of main: /cvd triage affects main yes VERSIONS
      ⚠ Nobody has named the version that fixes main: /cvd triage affects main yes --fixed-version VERSION
      ⚠ Nobody has written a workaround, or said that none is known: /cvd advisory --workaround "TEXT"
      shown dddddddddddddddd
      What will happen, in short:
      > Mail to North Linux <security@north.example>
      > To: security@north.example
      > Subject: TLP:AMBER
      > What prenotify would send.
      [ Look and approve ] [ Refuse ] [ Show all ]"
    `)
    house.wait(2 * HOUR)
    const button = press(cardOf(await house.asks(ana, 'approve', press(card, 'Look and approve').input)), 'Approve')
    expect(button.form).toBe(true)
    const form = house.formOf(button)
    expect(form?.fields.map((field) => [field.name, field.label])).toEqual([['typedCase', 'Type the case number']])
    const untyped = formOf(await house.asks(ana, 'approve', button.input))
    expect(renderFormAsText(untyped)).toMatch(
      /^Approve: this is needed\.\n {2}--typed-case {2}Type the case number\nTyped in one line:\n {2}embargo \S+ approve .* --typed-case <number>$/,
    )
    const wrong = await house.asks(ana, 'approve', { ...form?.hidden, typedCase: 'SEC-2026-0041' })
    expect('refusal' in wrong).toBe(true)
    await house.asks(ana, 'approve', { ...form?.hidden, typedCase: CASE })
    expect(cardOf(await house.asks(ana, 'status')).title).toContain('prenotified')
  })
})
