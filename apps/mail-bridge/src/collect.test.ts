import { Readable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { collect, createRoom } from './collect.ts'
import type { CollectResult } from './collect.ts'

setFlagsFromString('--expose-gc')
const garbage = runInNewContext('gc') as () => void

async function held(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    garbage()
    await new Promise(setImmediate)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const MEGABYTE = 1024 * 1024
const sender = { source: '192.0.2.1', known: false }

// smtp-server passes the text before each doubled dot as a separate chunk. Two mails, each with two million such lines,
// once made the process run out of memory.
it('needs no more memory for a mail than its bytes, however small the chunks are', async () => {
  const chunk = Buffer.from('\n.')
  const chunks = 500_000
  const before = await held()
  let during = 0
  async function* dots() {
    for (let count = 0; count < chunks; count += 1) yield chunk
    during = await held()
  }
  const room = createRoom({ total: 2 * MEGABYTE, forKnown: 0, perSource: 2 * MEGABYTE })
  const collected = await collect<CollectResult>(
    Readable.from(dots()),
    { bytes: 2 * MEGABYTE, room, sender },
    async (one) => one,
  )
  expect(collected).toEqual({ is: 'whole', raw: new Uint8Array(Buffer.alloc(chunks * chunk.length, chunk)) })
  expect((during - before) / MEGABYTE).toBeLessThan(5)
})

it('drops the unfinished mail of the source with the most bytes, and accepts that of a source with fewer', () => {
  const room = createRoom({ total: 100, forKnown: 20, perSource: 60 })
  const dropped: string[] = []
  const enter = (source: string, name: string, known = false) =>
    room.enter({ source, known }, () => void dropped.push(name))
  const [large, half] = [enter('a', 'large'), enter('b', 'half')]
  expect([large.take(50), large.take(20), half.take(30)]).toEqual([true, false, true])
  const small = enter('c', 'small')
  expect(small.take(10)).toBe(true)
  expect(dropped).toEqual(['large'])
  // A source that would have more bytes than every other source is refused, and nobody's mail is dropped for it.
  expect(enter('d', 'greedy').take(50)).toBe(false)
  // Senders who write to an open case may also use the reserve. When the reserve is full too, they displace only
  // sources that have more bytes.
  const known = enter('e', 'known', true)
  expect([known.take(50), dropped]).toEqual([true, ['large']])
  expect([enter('f', 'also known', true).take(20), dropped]).toEqual([true, ['large', 'known']])
})

it('drops no mail that is complete and being stored', () => {
  const room = createRoom({ total: 100, forKnown: 0, perSource: 100 })
  const whole = room.enter({ source: 'a', known: false }, () => expect.fail('it was dropped'))
  expect(whole.take(90)).toBe(true)
  whole.keep()
  expect(room.enter({ source: 'b', known: false }, () => undefined).take(20)).toBe(false)
  whole.leave()
  expect(room.enter({ source: 'b', known: false }, () => undefined).take(20)).toBe(true)
})

// Anyone gets the reply address of a case by sending one mail, so writing to an open case does not make a sender
// trustworthy.
it('has room for a stranger even when two sources that write to an open case use all the room', () => {
  const room = createRoom({ total: 100, forKnown: 20, perSource: 70 })
  const dropped: string[] = []
  const enter = (source: string, name: string, known: boolean) =>
    room.enter({ source, known }, () => void dropped.push(name))
  for (const [source, name] of [
    ['a', 'a1'],
    ['a', 'a2'],
    ['b', 'b1'],
    ['b', 'b2'],
  ] as const)
    expect(enter(source, name, true).take(25)).toBe(true)
  expect([enter('c', 'c1', false).take(20), dropped]).toEqual([true, ['a1']])
  // The source `a` sends again after its mail was dropped. The source `b` has the most bytes, so a mail of `b` is
  // dropped to make room, and not the mail of the stranger `c`.
  expect([enter('a', 'a3', true).take(20), dropped]).toEqual([true, ['a1', 'b1']])
  // Strangers cannot get more than their share of the room, not even by displacing senders who write to an open case.
  expect([enter('d', 'd1', false).take(61), dropped]).toEqual([false, ['a1', 'b1']])
})
