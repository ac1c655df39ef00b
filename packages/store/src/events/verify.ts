import type { EventStore } from '@embargo/engine'
import type { Db } from '../database/db.ts'
import { same } from '../sealing/master-keys.ts'
import type { Key } from '../sealing/seal.ts'
import { chainHash, genesis, headMac } from './chain.ts'

/** Rows held in memory at a time. */
const PAGE = 500

type Verdict = Awaited<ReturnType<EventStore['verify']>>

/** Recomputes every hash from the first event on, and asks whether the stream's head is the last one. Opens nothing. */
export async function verifyStream(db: Db, stream: string, chainKey: Key): Promise<Verdict> {
  let previous: Uint8Array = genesis(chainKey, stream)
  let version = 0
  for (;;) {
    const rows = await db.event.findMany({
      where: { stream, version: { gt: version } },
      orderBy: { version: 'asc' },
      take: PAGE,
    })
    for (const row of rows) {
      if (row.version !== version + 1) return { ok: false, version: version + 1, because: 'the event is missing' }
      const hash = chainHash(chainKey, previous, { ...row, at: Number(row.at) })
      if (!same(hash, row.hash))
        return { ok: false, version: row.version, because: 'the event, or the one before it, was altered' }
      previous = hash
      version = row.version
    }
    if (rows.length < PAGE) break
  }
  const head = await db.stream.findUnique({ where: { stream } })
  if (!head && version === 0) return { ok: true, events: 0, head: '' }
  if (!head) return { ok: false, version, because: 'the head of the log is missing' }
  const sealed = same(head.mac, headMac(chainKey, stream, head.version, head.head))
  if (!sealed) return { ok: false, version: head.version, because: 'the head of the log was altered' }
  if (head.version === version && same(head.head, previous))
    return { ok: true, events: version, head: Buffer.from(previous).toString('hex') }
  return { ok: false, version: version + 1, because: `the log ends at ${version}, its head says ${head.version}` }
}
