import { CommandId, DAY, HOUR } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createCardWatch } from '../../src/index.ts'
import { CASE, createHouse, START } from '../house.ts'
import type { House } from '../house.ts'
import { plainPresenter } from '../fakes/fake-outside.ts'
import { requestAndApprove, submit, RELEASE, untilPrenotified } from '../story.ts'

/** A card that counts the days, placed and pinned in the case's channel. `looks` runs one of the regular checks. */
async function placed(begin: (house: House) => Promise<unknown> = (house) => house.receive()) {
  const house = createHouse()
  await begin(house)
  await house.drain()
  const pinned = house.chat.posts.find(({ pin }) => pin) ?? expect.fail('no pinned card')
  const turns: AbortController[] = []
  const watch = createCardWatch({
    engine: house.engine,
    chat: new Map([['slack', house.chat]]),
    presenter: {
      pinned: async (material) => {
        const card = await plainPresenter.pinned(material)
        return card && { ...card, fallback: `day ${Math.floor((material.at - START) / DAY)}` }
      },
    },
    sleep: async () => turns.at(-1)?.abort(),
  })
  const looks = async (): Promise<number> => {
    const over = new AbortController()
    turns.push(over)
    const before = pinned.edits
    await watch.run(over.signal)
    return pinned.edits - before
  }
  return { house, looks }
}

describe('a pinned card', () => {
  it('is edited once if time alone changes its words, and not while they stay the same', async () => {
    const { house, looks } = await placed()
    expect(await looks()).toBe(0)
    house.wait(HOUR)
    expect(await looks()).toBe(0)
    house.wait(DAY)
    expect(await looks()).toBe(1)
    expect(await looks()).toBe(0)
    house.wait(DAY)
    expect(await looks()).toBe(1)
  })

  it('is edited at the next check if the platform was unreachable', async () => {
    const { house, looks } = await placed()
    house.wait(DAY)
    house.chat.failures.push({ error: new Error('away') })
    expect(await looks()).toBe(0)
    expect(await looks()).toBe(1)
  })

  it('is edited once after a start with waiting mails, because the previous program may have had no relay', async () => {
    const { house, looks } = await placed()
    await house.ask('ana', { verb: 'ack', case: CASE })
    await house.drain(['slack'])
    expect(await looks()).toBe(1)
    expect(await looks()).toBe(0)
  })

  it('is edited after closing while the retrospective is due, and not once it was held', async () => {
    const { house, looks } = await placed(untilPrenotified)
    house.clock.moveTo(RELEASE)
    await requestAndApprove(house, { verb: 'disclose', case: CASE })
    await house.drain()
    await submit(house, 'ana', { verb: 'close', case: CASE, reason: 'all is out' })
    await house.drain()
    await looks()
    house.wait(DAY)
    expect(await looks()).toBe(1)
    await submit(house, 'ana', { verb: 'retro', case: CASE, rootCause: 'names were joined before they were checked' })
    house.wait(DAY)
    expect(await looks()).toBe(0)
  })

  it('is not edited in a channel that others can read', async () => {
    const { house, looks } = await placed()
    await house.engine.commands.handle({
      commandId: CommandId.parse('test:exposed'),
      actor: { kind: 'system', part: 'chat' },
      at: house.clock.now(),
      request: { verb: 'notice-channel', case: CASE, platform: 'slack', channel: 'C1', what: 'exposed' },
    })
    house.wait(DAY)
    expect(await looks()).toBe(0)
  })
})
