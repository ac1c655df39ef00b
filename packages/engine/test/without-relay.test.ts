import { describe, expect, it } from 'vitest'
import { createFakeChat } from './fakes/fake-outside.ts'
import { CASE, createHouse } from './house.ts'
import { RELEASE, untilPrenotified, untilReady } from './story.ts'

const SETTING = 'EMBARGO_SMTP_RELAY'
const because = `No mail leaves: ${SETTING} is not set, so nobody would be told.`

describe('without a relay', () => {
  it('nobody is told ahead: it is refused with the setting that is missing', async () => {
    const house = createHouse({ relayMissing: SETTING })
    await untilReady(house)
    const request = { verb: 'prenotify', case: CASE, at: RELEASE } as const
    const refused = await house.engine.preview(request, house.clock.now())
    expect(refused).toMatchObject({ because, liftedBy: [{ how: expect.stringContaining(SETTING) }] })
    const shown = { digest: 'a'.repeat(64), blob: 'none' } as never
    expect(await house.ask('ana', { ...request, shown })).toMatchObject({ ok: false, refusal: { because } })
  })

  it('nothing is published, also not by a second person who says yes', async () => {
    const first = createHouse()
    await untilPrenotified(first)
    await first.drain()
    first.clock.moveTo(RELEASE)
    const { memory } = first
    expect('gate' in (await first.engine.preview({ verb: 'disclose', case: CASE }, RELEASE))).toBe(false)
    const house = createHouse({ relayMissing: SETTING, memory })
    house.clock.moveTo(RELEASE)
    expect(await house.engine.preview({ verb: 'disclose', case: CASE }, RELEASE)).toMatchObject({ because })
  })

  it('answers and cards say that nobody was mailed', async () => {
    const house = createHouse({ relayMissing: SETTING })
    await house.receive()
    expect(await house.ask('ana', { verb: 'ack', case: CASE })).toMatchObject({ ok: true, mailWaits: SETTING })
    const cards: string[] = []
    const chat = createFakeChat('slack')
    const post: typeof chat.post = async (request) => {
      cards.push(`${request.card.title}: ${request.card.fallback}`)
      return chat.post(request)
    }
    await house.drain(['slack'], { chat: new Map([['slack', { ...chat, post }]]) })
    const said = cards.find((text) => text.startsWith('CaseAcknowledged: '))
    expect(said).toContain(`Not mailed: ${SETTING} is not set, so the mail waits and nobody has it yet.`)
  })
})
