import { describe, expect, it } from 'vitest'
import { CaseId, HOUR, MINUTE } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { Outages, createOutagesAlert, createDispatcher, OutsideError } from '../../src/index.ts'
import type { OutageNews, Card, ChatPlatform, MailOut } from '../../src/index.ts'
import { createFakeChat } from '../fakes/fake-outside.ts'
import { createMemorySettings } from '../fakes/small-ports.ts'
import { CASE, createHouse, policyOf } from '../house.ts'
import { submit } from '../story.ts'
import { virtualTime } from '../virtual-time.ts'

/** With one try in a minute, this is long enough for more tries than a mail gets (`MAX_MAIL_ATTEMPTS`). */
const OUTAGE = 8 * HOUR
const SECOND = CaseId.parse('SEC-2026-0002')

const card = ({ outside, why }: OutageNews): Card => ({
  kind: 'notice',
  title: `${outside}: ${why ?? 'back'}`,
  lines: [],
  fields: [],
  attachments: [],
  actions: [],
  fallback: `${outside}: ${why ?? 'back'}`,
  notification: '',
})

/** A platform or relay whose calls fail with this error while it is unreachable. */
function breakable<T extends object>(real: T, error: () => OutsideError) {
  const state = { away: false, calls: 0, atOnce: 0, mostAtOnce: 0 }
  const proxy = new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return async (...given: readonly unknown[]) => {
        if (!state.away) return Reflect.apply(value, target, given)
        state.calls += 1
        state.atOnce += 1
        state.mostAtOnce = Math.max(state.mostAtOnce, state.atOnce)
        await new Promise((resolve) => setImmediate(resolve))
        state.atOnce -= 1
        throw error()
      }
    },
  })
  return { state, proxy }
}

/** A team on some platforms. `start` runs the dispatcher and the alert about outages, and returns how to stop both. */
function team(platforms: readonly Platform[]) {
  const house = createHouse({ policy: policyOf({ platforms: [...platforms] }) })
  const time = virtualTime(house)
  const settings = createMemorySettings()
  const others = platforms.filter((each) => each !== 'slack').map((each) => createFakeChat(each))
  const slack = breakable<ChatPlatform>(
    house.chat,
    () => new OutsideError('unknown', 'Slack answered 503.', { away: true }),
  )
  const relay = breakable<MailOut>(
    house.relay,
    () => new OutsideError('unreachable', 'The relay wants a login.', { away: true, forAPerson: true, forAll: true }),
  )
  const lines: string[] = []
  const start = () => {
    const over = new AbortController()
    const outages = new Outages(() => house.engine.now())
    const chat = new Map<Platform, ChatPlatform>([
      ['slack', slack.proxy],
      ...others.map((each) => [each.platform, each] as const),
    ])
    const { engine, machine, performing } = house
    const { sleep } = time
    const outside = { engine, chat, mailOut: relay.proxy, outages, sleep }
    const loops = [
      createDispatcher({
        ...performing,
        ...outside,
        capabilities: [...platforms, 'mail'],
        monotonic: () => machine.ms,
      }).run(over.signal),
      createOutagesAlert({ ...outside, settings, card, say: (line) => lines.push(line) }).run(over.signal),
    ]
    return async (): Promise<void> => {
      over.abort()
      await Promise.all(loops)
    }
  }
  const away = (isAway: boolean): void => {
    slack.state.away = isAway
    relay.state.away = isAway
  }
  const news = () => others.flatMap(({ posts }) => posts).filter(({ title }) => title.includes(': '))
  const open = () => [...house.memory.outbox.values()].filter(({ state }) => state !== 'done')
  return { house, time, slack, relay, others, said: lines, start, away, news, open }
}

describe('an outage of Slack and of the relay', () => {
  it('counts no tries, is reported once on the other platform, and is followed by everything that waited', async () => {
    const { house, time, slack, relay, said, start, away, news, open } = team(['slack', 'discord'])
    let stop = start()
    await house.receive()
    await time.pass(MINUTE)
    expect(open()).toEqual([])
    const mailed = house.relay.mails.length

    away(true)
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await time.pass(10 * MINUTE)
    expect(news().map(({ title }) => title)).toEqual(['mail: The relay wants a login.', 'slack: Slack answered 503.'])
    await house.receive({ subject: 'Another hole' })
    await time.pass(HOUR)
    await submit(house, 'ana', { verb: 'ack', case: SECOND })
    await submit(house, 'ana', { verb: 'triage', case: SECOND, disposition: 'valid', severity: 'high' })
    await time.pass(3 * HOUR)

    await stop()
    stop = start()
    await time.pass(OUTAGE - 4 * HOUR)
    const tries = [...house.memory.outbox.values()].map(({ attempts }) => attempts)
    expect(Math.max(...tries)).toBeLessThanOrEqual(1)
    expect(house.events(CASE)).not.toContain('EffectParked')
    expect(house.events(CASE)).not.toContain('MailFailed')
    expect(house.events(SECOND)).not.toContain('EffectParked')
    expect(open().every(({ state }) => state === 'pending')).toBe(true)
    expect(open().some(({ effect }) => effect.kind === 'open-channel')).toBe(true)
    // There is about one try a minute. The limit is twice as high, because the first tries came sooner and ran at the
    // same time.
    expect(slack.state.calls).toBeLessThan((2 * OUTAGE) / MINUTE)
    expect(relay.state.calls).toBeLessThan((2 * OUTAGE) / MINUTE)
    expect(news().map(({ title, edits }) => [title, edits])).toEqual([
      ['mail: The relay wants a login.', 0],
      ['slack: Slack answered 503.', 0],
    ])

    away(false)
    await time.pass(2 * MINUTE)
    await stop()
    expect(open()).toEqual([])
    expect(house.chat.channels.size).toBe(2)
    expect((await house.engine.queries.world(SECOND))?.case?.channels.slack?.channel).toBe('C2')
    const ids = house.chat.posts.map(({ effect }) => effect)
    expect(new Set(ids).size).toBe(ids.length)
    const sent = house.relay.mails.slice(mailed).map(({ messageId }) => messageId)
    expect(sent.length).toBeGreaterThanOrEqual(3)
    expect(new Set(sent).size).toBe(sent.length)
    expect(news().map(({ edits }) => edits)).toEqual([1, 1])
    expect(said).toEqual([])
    // Hundreds of tries take a long time on a busy machine.
  }, 120_000)

  it('is reported on the terminal if nothing else works, and by mail if only the relay works', async () => {
    const { house, time, slack, relay, said, start, away } = team(['slack'])
    const stop = start()
    away(true)
    await house.receive()
    await time.pass(10 * MINUTE)
    expect(said.toSorted()).toEqual(['mail: The relay wants a login.', 'slack: Slack answered 503.'])
    relay.state.away = false
    await time.pass(2 * MINUTE)
    slack.state.away = false
    await time.pass(2 * MINUTE)
    await stop()
    expect(said.slice(2)).toEqual(['mail: back', 'slack: back'])
  })

  it('is reported by one mail if there is no other platform, and its end by another', async () => {
    const { house, time, slack, said, start } = team(['slack'])
    let stop = start()
    slack.state.away = true
    await house.receive()
    const subjects = () =>
      house.relay.mails
        .map(({ raw }) => /^Subject: (Embargo .*)$/mu.exec(new TextDecoder().decode(raw))?.[1])
        .filter((subject) => subject !== undefined)
    await time.pass(10 * MINUTE)
    expect(subjects()).toEqual(['Embargo cannot post on Slack'])
    await stop()
    stop = start()
    await time.pass(HOUR)
    expect(subjects()).toEqual(['Embargo cannot post on Slack'])
    slack.state.away = false
    await time.pass(2 * MINUTE)
    await stop()
    expect(subjects()).toEqual(['Embargo cannot post on Slack', 'Embargo works on Slack again'])
    expect(said).toEqual([])
  })

  it('is not reported if it is short', async () => {
    const { house, time, news, said, start, away } = team(['slack', 'discord'])
    const stop = start()
    away(true)
    await house.receive()
    await time.pass(10_000)
    away(false)
    await time.pass(HOUR)
    await stop()
    expect(news().filter(({ title }) => title.startsWith('slack'))).toEqual([])
    expect(said).toEqual([])
  })
})
