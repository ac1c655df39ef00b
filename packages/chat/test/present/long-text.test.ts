import { describe, expect, it } from 'vitest'
import { ana, policyOf } from '../fixtures/policy.ts'
import { CASE, MAIL, SmallHouse, cardOf, press } from '../fixtures/small-house.ts'
import { renderPlain } from '../../src/index.ts'

const FILLER = 'word '.repeat(7000)
const LONG = `begin ${FILLER}end`

describe('a long report', () => {
  it('is in its card to the last word, from which each platform cuts and has the rest in a file', async () => {
    const house = new SmallHouse({ mail: { ...MAIL, text: LONG } }).opens(CASE)
    const card = await house.lastCard('report')
    expect(card.quote).toEqual({ label: 'The report', text: LONG })
    expect(renderPlain(card)).toContain(LONG)
  })

  it('has only its length in the card if its content is kept out of chat', async () => {
    const policy = policyOf()
    const house = new SmallHouse({
      policy: { ...policy, chat: { ...policy.chat, content: 'metadata' } },
      mail: { ...MAIL, text: LONG },
    }).opens(CASE)
    const { fallback } = await house.lastCard('report')
    expect(fallback).toContain(`The report: ${LONG.length} characters, not shown here.`)
    expect(fallback).not.toContain('word')
  })
})

describe('a long mail, before it is sent', () => {
  const TEXT = Array.from({ length: 400 }, (_, row) => `line ${row} ${'x'.repeat(30)}\n`).join('')

  it('is shown in parts, skips no part, and only "Send" sends it', async () => {
    const house = new SmallHouse().opens(CASE)
    await house.asks(ana, 'ack')
    const seen: string[] = []
    let card = cardOf(await house.asks(ana, 'reply', { text: TEXT }))
    const first = card.quote?.label
    for (;;) {
      seen.push(card.quote?.text ?? '')
      expect(card.fallback).toContain('Nothing has been sent yet.')
      if (!card.actions.some(({ label }) => label === 'Show more')) break
      expect(card.fallback).toContain('There is more to read before you go on.')
      card = cardOf(await house.asks(ana, 'reply', press(card, 'Show more').input))
    }
    expect([first, card.quote?.label]).toEqual(['Your mail, part 1 of 3', 'Your mail, part 3 of 3'])
    expect(seen.join('')).toBe(TEXT)
    expect(house.recorded.map(({ one }) => one.event.type)).not.toContain('MessageSentOut')
    await house.asks(ana, 'reply', press(card, 'Send').input)
    expect(house.recorded.map(({ one }) => one.event.type)).toContain('MessageSentOut')
  })

  it('is shown in one piece in a terminal', async () => {
    const house = new SmallHouse().opens(CASE)
    await house.asks(ana, 'ack')
    const card = cardOf(await house.asks(ana, 'reply', { text: TEXT }, { platform: 'terminal', case: CASE }))
    expect(card.quote).toEqual({ label: 'Your mail', text: TEXT })
  })
})
