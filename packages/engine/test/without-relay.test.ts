import { CommandId, HOUR, later } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createFakeChat } from './fakes/fake-outside.ts'
import type { Memory } from './fakes/memory-log.ts'
import { CASE, createHouse } from './house.ts'
import { bothSayYes, RELEASE, untilPrenotified, untilReady } from './story.ts'

const SETTING = 'EMBARGO_SMTP_RELAY'
const because = `No mail leaves: ${SETTING} is not set, so nobody would be told.`

const heldBecause = (memory: Memory) =>
  [...memory.streams.values()].flat().flatMap(({ event }) => (event.type === 'DisclosureHeld' ? [event.because] : []))

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

  it('what was approved ahead is held at its instant, and asked again once there is a relay', async () => {
    const first = createHouse()
    await untilPrenotified(first)
    await first.drain()
    const eve = later(RELEASE, -20 * HOUR)
    first.clock.moveTo(eve)
    await bothSayYes(first, { verb: 'disclose', case: CASE })
    await first.drain()
    const { memory } = first
    const house = createHouse({ relayMissing: SETTING, memory, store: first.engine.inside })
    house.clock.moveTo(RELEASE)
    const request = { verb: 'fire-clock', stream: CASE, clock: 'release', round: RELEASE, fraction: 1 } as const
    const fires = {
      commandId: CommandId.parse('clock:1'),
      actor: { kind: 'system', part: 'clock' },
      at: RELEASE,
    } as const
    expect(await house.engine.handle({ ...fires, request })).toMatchObject({ ok: true })
    const { release } = (await house.engine.world(CASE)) ?? {}
    expect(release?.startedAt).toBeUndefined()
    const held = house.events(release?.id).filter((type) => type === 'DisclosureHeld' || type === 'DisclosureStarted')
    expect(held).toEqual(['DisclosureHeld'])
    expect(heldBecause(memory)).toEqual([expect.stringContaining(because)])
    const next = createHouse({ memory, store: first.engine.inside })
    next.clock.moveTo(RELEASE)
    expect('gate' in (await next.engine.preview({ verb: 'disclose', case: CASE }, RELEASE))).toBe(false)
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
