import { HOUR, later, PersonId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createCallWatch } from '../../src/index.ts'
import { plainPresenter } from '../fakes/fake-outside.ts'
import { CASE, createHouse, policyOf } from '../house.ts'

/** A case that Ana acknowledges on Mon 4 May 2026, 09:00 UTC. For Ben, this is the evening if he is in Auckland. */
async function acked(zone?: string) {
  const policy = policyOf()
  const people = policy.people.map((one) => (one.id === 'ben' && zone !== undefined ? { ...one, zone } : one))
  const house = createHouse({ policy: { ...policy, people } })
  await house.receive()
  await house.ask('ana', { verb: 'ack', case: CASE })
  /** Lets a new call watch check once, as after a restart of the program. Returns the titles of the new posts. */
  const looks = async (): Promise<readonly string[]> => {
    const over = new AbortController()
    const before = house.chat.posts.length
    const { engine } = house
    const chat = new Map([['slack', house.chat] as const])
    await createCallWatch({ engine, chat, presenter: plainPresenter, sleep: async () => over.abort() }).run(over.signal)
    return house.chat.posts.slice(before).map(({ title }) => title)
  }
  return { house, looks }
}

async function offered(zone?: string) {
  const { house, looks } = await acked(zone)
  await house.ask('ana', { verb: 'people.handoff', case: CASE, to: PersonId.parse('ben') })
  await house.drain()
  return { house, looks }
}

/** Ben coordinates the case, and is reminded when it is evening in his time zone. */
async function reminded(zone?: string) {
  const { house, looks } = await offered(zone)
  expect(await house.ask('ben', { verb: 'take', case: CASE })).toMatchObject({ ok: true })
  await house.ask('ana', { verb: 'remind', case: CASE, clock: 'decide-validity' })
  await house.drain()
  return { house, looks }
}

describe('a person who was asked at night', () => {
  it('is mentioned once when their day begins, even after a restart', async () => {
    const { house, looks } = await offered('Pacific/Auckland')
    expect(await looks()).toEqual([])
    house.wait(13 * HOUR)
    expect(await looks()).toEqual([expect.stringMatching(/^offer-\d+ ben$/)])
    expect(await looks()).toEqual([])
  })

  it('is mentioned at once when it becomes urgent, and not again when their day begins', async () => {
    const { house, looks } = await offered('Pacific/Auckland')
    house.wait(HOUR)
    await house.ask('ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' })
    await house.drain()
    expect(await looks()).toEqual([expect.stringMatching(/^offer-\d+ ben$/)])
    house.wait(13 * HOUR)
    expect(await looks()).toEqual([])
  })

  it('is mentioned once if it was urgent from the beginning', async () => {
    const { house, looks } = await acked('Pacific/Auckland')
    await house.ask('ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' })
    await house.ask('ana', { verb: 'people.handoff', case: CASE, to: PersonId.parse('ben') })
    await house.drain()
    expect(await looks()).toEqual([])
  })

  it('is not mentioned for a question that was answered in the meantime, nor if they were mentioned at once', async () => {
    const atWork = await offered()
    atWork.house.wait(24 * HOUR)
    expect(await atWork.looks()).toEqual([])
    const { house, looks } = await offered('Pacific/Auckland')
    await house.ask('ben', { verb: 'take', case: CASE })
    house.wait(13 * HOUR)
    expect(await looks()).toEqual([])
  })

  it('is mentioned only once for a reminder too', async () => {
    const { house, looks } = await reminded('Pacific/Auckland')
    expect(await looks()).toEqual([])
    house.wait(13 * HOUR)
    expect(await looks()).toEqual([expect.stringMatching(/^decide-validity:\d+-\d+ ben$/)])
    expect(await looks()).toEqual([])
  })

  it('is not mentioned for a reminder that reached them or was postponed, nor for a task that is done', async () => {
    const atWork = await reminded()
    atWork.house.wait(24 * HOUR)
    expect(await atWork.looks()).toEqual([])
    const resting = await reminded('Pacific/Auckland')
    const until = later(resting.house.clock.now(), 20 * HOUR)
    const snooze = { verb: 'remind.later', case: CASE, clock: 'decide-validity', until, reason: 'tomorrow' } as const
    expect(await resting.house.ask('ben', snooze)).toMatchObject({ ok: true })
    resting.house.wait(13 * HOUR)
    expect(await resting.looks()).toEqual([])
    const done = await reminded('Pacific/Auckland')
    await done.house.ask('ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    done.house.wait(13 * HOUR)
    expect(await done.looks()).toEqual([])
  })
})
