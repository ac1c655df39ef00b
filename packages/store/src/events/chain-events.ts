import { EVENT_SCHEMA } from '@embargo/core'
import type { Bytes, Key } from '../sealing/seal.ts'
import { chainHash, headMac } from './chain.ts'
import type { SealedAppend } from './sealed-append.ts'

/** An event as the table of the log stores it. */
export type EventData = {
  readonly stream: string
  readonly version: number
  readonly schema: number
  readonly at: bigint
  readonly sealed: Bytes
  readonly hash: Bytes
}

/** The state of a stream after an append. */
export type Head = { readonly version: number; readonly head: Bytes; readonly mac: Bytes }

/**
 * Chains the events of an append. Each row gets a hash that depends on the hash of the row before it. Also returns the
 * new head of the stream.
 */
export function chainEvents(
  { stream, expectedVersion, events }: SealedAppend,
  previous: Bytes,
  chainKey: Key,
): { readonly rows: readonly EventData[]; readonly next: Head } {
  const rows: EventData[] = []
  let head = previous
  for (const { event, sealed } of events) {
    const row = { stream, version: event.version, schema: EVENT_SCHEMA, at: event.at, sealed }
    head = chainHash(chainKey, head, row)
    rows.push({ ...row, at: BigInt(event.at), hash: head })
  }
  const version = expectedVersion + rows.length
  return { rows, next: { version, head, mac: headMac(chainKey, stream, version, head) } }
}
