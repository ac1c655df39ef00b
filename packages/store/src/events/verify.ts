import type { StreamVerdict } from '@embargo/engine'
import type { Db } from '../database/db.ts'
import { same } from '../sealing/master-keys.ts'
import type { Key } from '../sealing/seal.ts'
import { chainHash, genesis, headMac } from './chain.ts'
import { isDamage } from '../errors.ts'
import { digestOfSealed } from './audit-record.ts'
import type { EventRow } from './seal-events.ts'

/** How many rows are read into memory at a time. */
const PAGE = 500

/**
 * Each command records the digest of the last event that it added to a stream. These are the recorded digests of one
 * stream, under the versions of the events. A version has several digests if the stream was rolled back and then
 * reached that version again.
 */
export type Accounts = ReadonlyMap<number, ReadonlySet<string>>

type StreamCheck = {
  readonly chainKey: Key
  /** What the commands recorded about the stream. If absent, only the stream's own chain is checked. */
  readonly accounts?: Accounts
  /** The version that the stream had before `accounts` was read. */
  readonly accounted?: number
  /** Unseals an event, and throws if that is impossible. If absent, events are verified without unsealing them. */
  readonly open?: (row: EventRow) => Promise<void>
}

/**
 * Recomputes every hash, beginning with the first event. Checks whether the stream's head has the last of these hashes.
 */
export async function verifyStream(db: Db, stream: string, check: StreamCheck): Promise<StreamVerdict> {
  const { chainKey, accounts } = check
  let previous: Uint8Array = genesis(chainKey, stream)
  let version = 0
  let other: number | undefined
  /** Checks the events after `version`, up to the last one. Returns the first problem. */
  const follow = async (): Promise<StreamVerdict | undefined> => {
    const rows = await db.event.findMany({
      where: { stream, version: { gt: version } },
      orderBy: { version: 'asc' },
      take: PAGE,
    })
    for (const row of rows) {
      if (row.version !== version + 1) return broken(version + 1, 'the event is missing')
      const hash = chainHash(chainKey, previous, { ...row, at: Number(row.at) })
      if (!same(hash, row.hash)) return broken(row.version, 'the event, or the one before it, was altered')
      // If the stream was rolled back and then reached this version again, two commands have recorded this version.
      const digests = accounts?.get(row.version)
      const own = digests ? digestOfSealed(row.sealed) : ''
      if (digests && [...digests].some((each) => each !== own)) other ??= row.version
      if (!(await opens(check, row)))
        return broken(row.version, 'the event cannot be opened: the key of the case, or of a reporter, was replaced')
      previous = hash
      version = row.version
    }
    return rows.length < PAGE ? undefined : follow()
  }
  const headNow = () => db.stream.findUnique({ where: { stream } })
  let head = await headNow()
  for (;;) {
    const wrong = await follow()
    if (wrong) return wrong
    if ((head?.version ?? 0) >= version) break
    // Either the stream got more events since its head was read, or there are events that the head does not cover.
    head = await headNow()
    if ((head?.version ?? 0) < version) break
  }
  const most = Math.max(0, ...(accounts?.keys() ?? []))
  if (!head && version === 0 && most === 0) return { ok: true, events: 0, head: '' }
  if (!head && version === 0)
    return broken(1, `the whole stream is gone, although a command had moved it to version ${most}`)
  if (!head) return broken(version, 'the head of the log is missing')
  const sealed = same(head.mac, headMac(chainKey, stream, head.version, head.head))
  if (!sealed) return broken(head.version, 'the head of the log was altered')
  if (head.version !== version || !same(head.head, previous))
    return broken(version + 1, `the log ends at ${version}, but its head says ${head.version}`)
  if (most > version)
    return broken(
      version + 1,
      `the events from this version on were removed: a command had moved the stream to version ${most}`,
    )
  if (other !== undefined)
    return broken(
      other,
      'a command wrote another event at this version: the stream was rolled back, or the event was replaced',
    )
  if (check.accounted !== undefined && accounts?.has(check.accounted) !== true)
    return broken(check.accounted, 'the command that moved the stream to this version is gone')
  return { ok: true, events: version, head: Buffer.from(previous).toString('hex') }
}

async function opens({ open }: StreamCheck, row: EventRow): Promise<boolean> {
  try {
    await open?.(row)
    return true
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}

const broken = (version: number, because: string): StreamVerdict => ({ ok: false, version, because })
