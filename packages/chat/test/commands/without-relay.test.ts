import { describe, expect, it } from 'vitest'
import { CaseId, HOUR } from '@embargo/core'
import { ana, ben } from '../fixtures/policy.ts'
import { cardOf, CASE, press, SmallHouse } from '../fixtures/small-house.ts'
import { PATCH, untilReady } from '../fixtures/until-ready.ts'

const SETTING = 'EMBARGO_SMTP_RELAY'
const KEPT = `The mail to the reporter is kept here until a relay is set (${SETTING}).`

/**
 * Words that claim that somebody was told, asked or mailed. Without a relay they would be false, because no mail has
 * left.
 */
const CLAIMS = /\b(?:is|are|has) (?:told|asked|mailed|sent)\b|goes out|has the reporter/u

async function withoutRelay(): Promise<SmallHouse> {
  const house = new SmallHouse().opens().wait(HOUR)
  house.relayMissing = SETTING
  return house
}

describe('if no relay is set', () => {
  it.each([
    ['ack', '', `Acknowledged. ${KEPT}`],
    ['update', '', KEPT],
    ['triage', 'invalid it is how it is meant', `Triaged: invalid. ${KEPT}`],
    ['embargo', 'propose 2026-07-10 we need it', `neither as a yes nor as a no. ${KEPT}`],
  ])('%s says of nobody that they were informed, in its answer and its card', async (verb, input, expected) => {
    const house = await withoutRelay()
    if (verb !== 'ack') await house.asks(ana, 'ack')
    const before = (await house.cards()).length
    const answer = cardOf(await house.asks(ana, verb, input)).fallback
    expect(answer).toContain(expected)
    expect(answer).not.toMatch(CLAIMS)
    const cards = (await house.cards()).slice(before).map(({ fallback }) => fallback)
    expect(cards.some((text) => text.includes(KEPT))).toBe(true)
    for (const text of cards) expect(text).not.toMatch(CLAIMS)
  })

  it('a question is not called asked', async () => {
    const house = await withoutRelay()
    await house.asks(ana, 'ack')
    const preview = cardOf(await house.asks(ana, 'ask', { text: 'Which version is it?' }))
    const answer = cardOf(await house.asks(ana, 'ask', press(preview, 'Send').input)).fallback
    expect(answer).toContain(`${KEPT} The case stays at “needs info” until the question is answered.`)
    const card = (await house.lastCard('change')).fallback
    expect(card).toContain('Ana wrote the reporter a question, to be answered by')
    expect(`${answer} ${card}`).not.toMatch(CLAIMS)
  })

  it('a mail written by hand does not go out, and its text is not called sent', async () => {
    const house = await withoutRelay()
    await house.asks(ana, 'ack')
    const preview = cardOf(await house.asks(ana, 'reply', { text: 'We look at it.' }))
    const answer = cardOf(await house.asks(ana, 'reply', press(preview, 'Send').input)).fallback
    expect(answer).toContain(KEPT)
    expect(answer).not.toMatch(CLAIMS)
    const card = (await house.lastCard('change')).fallback
    expect(card).toContain('What was written')
    expect(card).toContain(KEPT)
  })

  it('the request to verify a patch is not called asked', async () => {
    const house = new SmallHouse()
    house.relayMissing = SETTING
    await untilReady(house)
    const cards = (await house.cards()).map(({ fallback }) => fallback)
    const verify = cards.find((text) => text.startsWith('The reporter is to verify the patch for main, by'))
    expect(verify).toContain(KEPT)
    expect(cardOf(await house.asks(ana, 'status')).fallback).not.toContain('(asked')
  })

  it('a preview says that the mail waits, where it says who is told', async () => {
    const house = await withoutRelay()
    await house.asks(ana, 'ack')
    const other = CaseId.parse('SEC-2026-0043')
    house.opens(other, { name: 'Mo', address: 'mo@second.example' })
    const elsewhere = { channel: 'C-elsewhere', case: other }
    const merge = cardOf(await house.asks(ana, 'triage.duplicate', `${other} ${CASE}`, elsewhere))
    expect(merge.fallback).toContain(KEPT)
    await house.asks(ana, 'duplicate', press(merge, 'Merge').input, elsewhere)
    expect(cardOf(await house.asks(ana, 'open.report', { report: 'r2', reason: 'it is another' })).fallback).toContain(
      KEPT,
    )
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'triage.affects', 'main')
    await house.asks(ana, 'assign-patch', '@ben')
    expect(cardOf(await house.asks(ana, 'close', 'nothing comes of it')).fallback).toContain(KEPT)
  })

  it('no clock runs and nobody is waited for if a mail was not sent or the case is over', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    house.relayMissing = SETTING
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'triage.affects', 'main')
    await house.asks(ana, 'assign-patch', '@ben')
    await house.asks(ben, 'patch', { action: 'submit', patch: PATCH })
    const status = async () => cardOf(await house.asks(ana, 'status')).fallback
    expect(await status()).toMatch(/Next +the reporter: verify .*, by mail: first set EMBARGO_SMTP_RELAY\n/)
    expect(await status()).not.toContain('the reporter verifies the patch')
    expect(await status()).toContain('does the patch for main fix it? (not mailed yet)')
    const preview = cardOf(await house.asks(ana, 'close', 'nothing comes of it'))
    await house.asks(ana, 'close', press(preview, 'Close the case').input)
    expect(await status()).not.toContain('Waiting on')
  })

  it('the pinned card and /status have one line about the mails that are kept', async () => {
    const house = await withoutRelay()
    await house.asks(ana, 'ack')
    expect((await house.lastCard('status')).fallback).toContain('Mail: 2 not sent (no relay is set)\n')
    const whole = cardOf(await house.asks(ana, 'status')).fallback
    expect(whole.split(`2 mails kept here until a relay is set (${SETTING})`)).toHaveLength(2)
    house.relayMissing = undefined
    expect(cardOf(await house.asks(ana, 'status')).fallback).not.toContain('kept here')
  })
})
