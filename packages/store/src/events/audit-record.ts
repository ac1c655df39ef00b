import { createHash } from 'node:crypto'
import { mac } from '../sealing/master-keys.ts'
import { place, type Bytes, type Key } from '../sealing/seal.ts'
import type { SealedAppend } from './sealed-append.ts'

/**
 * What a handled command records about the whole log, sealed with its answer: the new version of each stream to which
 * it added events, and the commands right before it. So it is noticed if somebody removes or rolls back a stream. To
 * hide that, they would have to remove every later command too, in all streams (docs/decisions/0008).
 */
export type AuditRecord = {
  /** For each stream to which the command added events: its new version, and the digest of its last event. */
  readonly moved: Readonly<Record<string, readonly [version: number, digest: string]>>
  /**
   * The marks of the commands right before this one. Those commands were durable when this one was written, and no
   * other command had referred to them yet.
   */
  readonly after: readonly string[]
}

/**
 * How many hexadecimal digits a mark has. Among a million commands, the chance that two have the same mark is 1 in 30
 * million.
 */
const MARK_LENGTH = 16
/**
 * The length of a digest. If a stream was rolled back, two different events can have had the same version. 128 bits are
 * enough to tell them apart.
 */
const DIGEST_BYTES = 16

/**
 * The mark with which later commands refer to a command. The mark is a keyed hash of the command's id, so it reveals
 * nothing of the id, and nobody can choose it.
 */
export const markOf = (chainKey: Key, commandId: string): string =>
  Buffer.from(mac(chainKey, place('command', commandId)))
    .toString('hex')
    .slice(0, MARK_LENGTH)

/**
 * The digest of a sealed event. Sealing the same event twice gives different bytes, so the digest reveals nothing of
 * the content.
 */
export const digestOfSealed = (sealed: Uint8Array): string =>
  createHash('sha256').update(sealed).digest().subarray(0, DIGEST_BYTES).toString('base64')

export function movedBy(appends: readonly SealedAppend[]): AuditRecord['moved'] {
  return Object.fromEntries(
    appends.flatMap(({ stream, events }) => {
      const last = events.at(-1)
      return last === undefined ? [] : [[stream, [last.event.version, digestOfSealed(last.sealed)]]]
    }),
  )
}

export type StoredCommand = { readonly id: string; readonly answer: Bytes }
