import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { Store } from '../open-store.ts'
import { commitOf, mailTo, newCase } from './samples.ts'
import { arriving } from './spool.ts'
import type { Suite } from './suite.ts'

const BYTES = 4 * 1024 * 1024
const TIMES = 3

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** How many bytes of memory the program uses after garbage collection. */
async function held(): Promise<number> {
  for (let round = 0; round < 2; round += 1) {
    collect()
    await new Promise(setImmediate)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const large = (): Uint8Array => new Uint8Array(BYTES).fill(7)

let mails = 0
const mail = (): Uint8Array => {
  const raw = large()
  raw.set(new TextEncoder().encode(`Subject: ${++mails}\r\n\r\n`))
  return raw
}

async function rendered({ events, outbox }: Store): Promise<void> {
  const stream = newCase()
  const effect = mailTo(stream, 'large')
  await events.commit(commitOf(stream, { events: [{ type: 'CaseAcknowledged' }], effects: [effect] }))
  await outbox.claim({
    capabilities: ['mail'],
    worker: 'large',
    nowMs: Number.MAX_SAFE_INTEGER - 1,
    leaseMs: 1,
    limit: 100,
  })
  expect(await outbox.keepRendered(effect.id, 'large', large())).toBe(true)
  await outbox.done(effect.id, 'large', '250 ok')
}

const WAYS: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  'a stored mail': ({ spool }) => spool.store(arriving({ raw: mail() })),
  'a stored mail that is read again': async ({ spool }) => {
    const stored = await spool.store(arriving({ raw: mail() }))
    if (stored.is !== 'full') await spool.find(stored.id)
  },
  'a blob': ({ blobs }) => blobs.put(newCase(), mail()),
  'a mail that is about to leave': rendered,
}

export function largeBytesContract(suite: Suite): void {
  // 17 mails of 24 MB ended the process when each of them was kept in a history of database calls.
  describe('memory', () => {
    it.each(Object.entries(WAYS))('keeps none of the bytes of %s', async (_, store) => {
      await store(suite.store())
      // Prisma's call history may hold memory from another test. If that memory were freed during this test, it would
      // hide a leak.
      for (let call = 0; call < 100; call += 1) await suite.store().spool.countHeld()
      const before = await held()
      for (let time = 0; time < TIMES; time += 1) await store(suite.store())
      expect((await held()) - before).toBeLessThan(BYTES)
    })
  })
}
