import type { MessageId } from '@embargo/core'
import { parse } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { SMALL_MAIL_BYTES } from '../../src/index.ts'
import { createHouse, mailBytes, OWN, REPORTER } from '../house.ts'
import type { House } from '../house.ts'
import { replyTo } from '../story.ts'

/** Stores a mail that the intake has not read yet. */
async function put(house: House, subject: string, to: string = OWN, body = 'x'): Promise<{ readonly id: MessageId }> {
  const stored = await house.spool.store({
    raw: mailBytes({ subject, body }),
    envelopeFrom: REPORTER,
    envelopeTo: [to],
    receivedAt: house.clock.now(),
    delivery: subject,
  })
  if (stored.is === 'full') throw new Error('The spool is full.')
  return stored
}

const subjectOf = (raw: Uint8Array): string =>
  /^Subject: (.*)$/mu.exec(new TextDecoder().decode(raw))?.[1]?.trim() ?? ''

describe('several mails', () => {
  it('are read at the same time, and their cases have the order in which they came', async () => {
    const house = createHouse()
    const all = Promise.withResolvers<void>()
    const read: string[] = []
    house.parser.parse = async (raw) => {
      read.push(subjectOf(raw))
      if (read.length === 4) all.resolve()
      await all.promise
      // The first mail takes longest to be read.
      for (let turn = 0; turn < 100 && subjectOf(raw) === 'one'; turn += 1) await Promise.resolve()
      return parse(raw)
    }
    for (const subject of ['one', 'two', 'three']) await put(house, subject)
    await house.receive({ subject: 'four' })
    const cases = [...house.memory.streams].map(([id, events]) => [
      id,
      events.flatMap(({ event }) => (event.type === 'ReportAttached' ? [event.message] : [])),
    ])
    const mails = (await house.spool.list({ limit: 10 })).map(({ id }) => id)
    expect(read).toEqual(['one', 'two', 'three', 'four'])
    expect(cases).toEqual(mails.map((id, at) => [`SEC-2026-000${at + 1}`, [id]]))
  })

  it('are read at the same time even if one comes while the other is read', async () => {
    const house = createHouse()
    const second = Promise.withResolvers<void>()
    house.parser.parse = async (raw) => {
      if (subjectOf(raw) === 'two') second.resolve()
      else await put(house, 'two').then(async () => second.promise)
      return parse(raw)
    }
    await house.receive({ subject: 'one' })
    expect([...house.memory.streams.keys()]).toEqual(['SEC-2026-0001', 'SEC-2026-0002'])
  })

  it('to one case are read one after the other, so that each is read with what the earlier ones said', async () => {
    const house = createHouse()
    await house.receive()
    await house.drain()
    const seen: string[] = []
    house.parser.parse = async (raw) => {
      seen.push(`${subjectOf(raw)} after ${(await house.caseState()).messages.length}`)
      return parse(raw)
    }
    for (const subject of ['two', 'three']) await put(house, subject, replyTo(house))
    await house.receive({ to: replyTo(house), subject: 'four' })
    expect(seen).toEqual(['two after 1', 'three after 2', 'four after 3'])
  })

  it('are not read together with a mail during which the program died', async () => {
    const house = createHouse()
    const stored = await put(house, 'suspected')
    await house.spool.attempt(stored.id)
    await put(house, 'one')
    const seen: string[] = []
    house.parser.parse = async (raw) => {
      seen.push(`${subjectOf(raw)} begins`)
      await Promise.resolve()
      seen.push(`${subjectOf(raw)} ends`)
      return parse(raw)
    }
    await house.receive({ subject: 'two' })
    expect(seen.slice(-2)).toEqual(['suspected begins', 'suspected ends'])
    expect(seen).toHaveLength(6)
  })
})

it('large mails take a fifth of the time while small ones wait', async () => {
  const house = createHouse()
  let now = 0
  const read: string[] = []
  house.parser.parse = async (raw) => {
    const isLarge = raw.length > SMALL_MAIL_BYTES
    now += isLarge ? 1_000 : 100
    read.push(isLarge ? 'large' : 'small')
    return parse(raw.subarray(0, 1_000))
  }
  const filler = 'x\r\n'.repeat(SMALL_MAIL_BYTES)
  for (const n of [1, 2, 3]) await put(house, `large ${n}`, OWN, filler)
  for (let n = 0; n < 127; n += 1) await put(house, `small ${n}`)
  await house.receive({ subject: 'last small' }, undefined, { now: () => now })
  const small = (count: number): readonly string[] => Array.from({ length: count }, () => 'small')
  // In this test, a small mail takes 0.1 seconds and a large mail takes one second. After a large mail, small mails go
  // first for four seconds. They are read in batches of 32. After one batch, the four seconds are not over yet, so a
  // second batch comes before the next large mail.
  expect(read).toEqual([...small(32), 'large', ...small(64), 'large', ...small(32), 'large'])
})
