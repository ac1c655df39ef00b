import { Readable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { collect, createRoom } from './collect.ts'
import type { Collected } from './collect.ts'

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

// smtp-server gives the text before each doubled dot as a chunk of its own: two of two million lines ended the process.
it('holds no more for a mail than its bytes, in however small chunks they come', async () => {
  const chunk = Buffer.from('\n.')
  const chunks = 500_000
  const before = await held()
  let during = 0
  async function* dots() {
    for (let count = 0; count < chunks; count += 1) yield chunk
    during = await held()
  }
  const room = createRoom({ total: 2 * MEGABYTE, forKnown: 0, perSource: 2 * MEGABYTE })
  const collected = await collect<Collected>(
    Readable.from(dots()),
    { bytes: 2 * MEGABYTE, room, sender },
    async (one) => one,
  )
  expect(collected).toEqual({ is: 'whole', raw: new Uint8Array(Buffer.alloc(chunks * chunk.length, chunk)) })
  expect((during - before) / MEGABYTE).toBeLessThan(5)
})
