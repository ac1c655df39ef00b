import { BlobId, CommandId, HOUR, later, Sha256 } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import type { CardMaterial } from '../../src/index.ts'
import { plainPresenter } from '../fakes/fake-outside.ts'
import type { Memory } from '../fakes/memory-log.ts'
import { CASE, createHouse } from '../house.ts'
import { requestAndApprove, RELEASE, untilPrenotified, untilReady } from '../story.ts'

const SETTING = 'EMBARGO_SMTP_RELAY'
const because = `No mail leaves: ${SETTING} is not set, so nobody would be told.`

const heldBecause = (memory: Memory) =>
  [...memory.streams.values()].flat().flatMap(({ event }) => (event.type === 'DisclosureHeld' ? [event.because] : []))

describe('without a relay', () => {
  it('a pre-notification is refused with the setting that is missing', async () => {
    const house = createHouse({ relayMissing: SETTING })
    await untilReady(house)
    const request = { verb: 'prenotify', case: CASE, at: RELEASE } as const
    const refused = await house.engine.commands.preview(request, house.clock.now())
    expect(refused).toMatchObject({ because, liftedBy: [{ how: expect.stringContaining(SETTING) }] })
    const shown = { digest: Sha256.parse('a'.repeat(64)), blob: BlobId.parse('none') }
    expect(await house.ask('ana', { ...request, shown })).toMatchObject({ ok: false, refusal: { because } })
  })

  it('nothing is published, even if a second person approves', async () => {
    const first = createHouse()
    await untilPrenotified(first)
    await first.drain()
    first.clock.moveTo(RELEASE)
    const { memory } = first
    expect('gate' in (await first.engine.commands.preview({ verb: 'disclose', case: CASE }, RELEASE))).toBe(false)
    const house = createHouse({ relayMissing: SETTING, memory })
    house.clock.moveTo(RELEASE)
    expect(await house.engine.commands.preview({ verb: 'disclose', case: CASE }, RELEASE)).toMatchObject({ because })
  })

  it('a publication that was approved ahead is held at its time, and can be requested again once there is a relay', async () => {
    const first = createHouse()
    await untilPrenotified(first)
    await first.drain()
    const eve = later(RELEASE, -20 * HOUR)
    first.clock.moveTo(eve)
    await requestAndApprove(first, { verb: 'disclose', case: CASE })
    await first.drain()
    const { memory } = first
    const house = createHouse({ relayMissing: SETTING, memory, store: first.engine.deps })
    house.clock.moveTo(RELEASE)
    const request = { verb: 'fire-clock', stream: CASE, clock: 'release', round: RELEASE, fraction: 1 } as const
    const fires = {
      commandId: CommandId.parse('clock:1'),
      actor: { kind: 'system', part: 'clock' },
      at: RELEASE,
    } as const
    expect(await house.engine.commands.handle({ ...fires, request })).toMatchObject({ ok: true })
    const { release } = (await house.engine.queries.world(CASE)) ?? {}
    expect(release?.startedAt).toBeUndefined()
    const held = house.events(release?.id).filter((type) => type === 'DisclosureHeld' || type === 'DisclosureStarted')
    expect(held).toEqual(['DisclosureHeld'])
    expect(heldBecause(memory)).toEqual([expect.stringContaining(because)])
    const next = createHouse({ memory, store: first.engine.deps })
    next.clock.moveTo(RELEASE)
    expect('gate' in (await next.engine.commands.preview({ verb: 'disclose', case: CASE }, RELEASE))).toBe(false)
  })

  it('answers and cards say that a mail waits, and for whom; the answer to a repeated command names nobody', async () => {
    const house = createHouse({ relayMissing: SETTING })
    await house.receive()
    const unsentMail = { setting: SETTING, to: ['report'] }
    expect(await house.ask('ana', { verb: 'ack', case: CASE }, 'test:ack')).toMatchObject({ ok: true, unsentMail })
    expect(await house.ask('ana', { verb: 'ack', case: CASE }, 'test:ack')).toMatchObject({
      repeated: true,
      unsentMail: { setting: SETTING, to: [] },
    })
    const drawn: CardMaterial[] = []
    const presenter = { ...plainPresenter, card: async (material: CardMaterial) => void drawn.push(material) }
    await house.drain(['slack'], { presenter })
    const post = drawn.find(
      ({ effect, recorded }) => effect.kind === 'post' && recorded.event.type === 'CaseAcknowledged',
    )
    expect(post?.unsentMail).toEqual(unsentMail)
    expect(drawn.at(-1)?.mailBacklog).toEqual({ setting: SETTING, letters: ['receipt', 'acknowledgment'] })
    expect(await house.engine.queries.mailBacklog(CASE)).toEqual({
      mailBacklog: { setting: SETTING, letters: ['receipt', 'acknowledgment'] },
    })
    await house.drain(['mail'])
    expect(await house.engine.queries.mailBacklog(CASE)).toEqual({})
  })
})
