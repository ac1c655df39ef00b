import { createHash } from 'node:crypto'
import { mac } from '../sealing/master-keys.ts'
import { place, type Bytes, type Key } from '../sealing/seal.ts'
import type { SealedAppend } from './sealed-append.ts'

/**
 * What a handled command records about the log as a whole, sealed with its answer: the version to which it moved each stream,
 * and the commands right before it. So nobody can remove or roll back a stream without also removing its commands, and with
 * them every later command of all streams (docs/decisions/0008).
 */
export type AuditRecord = {
  /** The version to which a stream was moved, and the digest of its last event. */
  readonly moved: Readonly<Record<string, readonly [version: number, digest: string]>>
  /** The marks of commands that were durable before this one was written, and that no other had named yet. */
  readonly after: readonly string[]
}

/** Hexadecimal digits of a mark. Two of a million commands have the same one with a chance of 1 to 30 million. */
const MARK_LENGTH = 16
/** Length of a digest that distinguishes data sealed at one place: 128 bits, base64. */
const DIGEST_BYTES = 16

/** How later commands refer to a command. Keyed, so that it reveals nothing of the id and nobody can choose it. */
export const markOf = (chainKey: Key, commandId: string): string =>
  Buffer.from(mac(chainKey, place('command', commandId)))
    .toString('hex')
    .slice(0, MARK_LENGTH)

/** Digest of a sealed event. Each sealing gives other bytes, so the digest reveals nothing of the content. */
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
