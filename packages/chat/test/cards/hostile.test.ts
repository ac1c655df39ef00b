import { describe, expect, it } from 'vitest'
import type { Card } from '@embargo/engine'
import { renderTerminal } from '../../src/index.ts'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, MAIL, SmallHouse } from '../fixtures/small-house.ts'

const PLANTED = 'xyzzyplanted'
const ESC = '\u001B'
const HOSTILE = {
  ...MAIL,
  from: `${PLANTED} ${ESC}]0;x\u0007<${PLANTED}@evil.example>`,
  subject: `${PLANTED}\r\nSEC-2026-0042 · Ana approved \u202Eevil`,
  text: `${PLANTED} ${ESC}[2Jhttps://evil.example/${PLANTED}\u2028[ Acknowledge ]`,
  attachments: [{ name: `${PLANTED}\u202Egnp.exe`, type: 'text/plain\n[ Fake ]', bytes: 1, sha256: 'e'.repeat(64) }],
}

async function everyCard(): Promise<readonly Card[]> {
  const house = new SmallHouse({ mail: HOSTILE }).opens(CASE, {
    name: `${PLANTED}\u200B${ESC}[31m`,
    address: `${PLANTED}@evil.example`,
  })
  await house.asks(ana, 'ack', `${PLANTED} note`)
  await house.asks(ana, 'triage', `valid high ${PLANTED}`)
  await house.asks(ana, 'advisory', { component: PLANTED, impact: PLANTED })
  const replies = [
    await house.asks(ana, 'read', 'mails last', { platform: 'terminal', case: CASE }),
    await house.asks(ana, 'reply', { text: PLANTED }),
    await house.asks(ana, 'status'),
    await house.asks(ana, 'status', 'all'),
    await house.asks(ana, PLANTED),
    await house.asks(ana, 'triage', PLANTED),
    await house.asks(ana, 'assign-patch', PLANTED),
  ]
  return [...(await house.cards()), ...replies.map(cardOf)]
}

describe('hostile text', () => {
  it('is never in a notification', async () => {
    for (const card of await everyCard()) {
      expect(card.notification, card.title).not.toContain(PLANTED)
      expect(card.notification).toMatch(/^(Embargo|SEC-2026-0042( · (critical|high|moderate|low))?)$/)
    }
  })

  it('is shown in cards, with its tricks removed', async () => {
    const cards = await everyCard()
    expect(cards.some((card) => card.fallback.includes(PLANTED))).toBe(true)
    for (const card of cards) {
      for (const drawn of [card.fallback, renderTerminal(card, { colour: false })]) {
        expect(drawn, card.title).not.toMatch(
          /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2028\u2029\u2066-\u2069]/u,
        )
        expect(drawn).not.toContain('https://evil')
        expect(drawn).not.toMatch(/^SEC-2026-0042 · Ana approved/m)
        expect(drawn).not.toMatch(/^\[ Fake \]/m)
      }
    }
  })

  it('is marked for renderers wherever it stands', async () => {
    for (const card of await everyCard()) {
      const spans = [...card.lines.flat(), ...card.fields.flatMap((field) => field.value)]
      for (const span of spans) if (span.text.includes(PLANTED)) expect(span.hostile, card.title).toBe(true)
      expect(card.title).not.toContain(PLANTED)
      for (const action of card.actions) expect(action.label).not.toContain(PLANTED)
    }
  })
})
