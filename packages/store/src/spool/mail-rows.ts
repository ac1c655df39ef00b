import { createHash } from 'node:crypto'
import { MessageId, type StreamId } from '@embargo/core'
import type { ArrivingMail, ListedMail, SpooledMail } from '@embargo/engine'
import { openInstant } from '../instants.ts'
import { mac } from '../sealing/master-keys.ts'
import { place, seal, sealJson, unseal, unsealJson, type Bytes, type Key } from '../sealing/seal.ts'

type Part = 'raw' | 'envelope' | 'because'
const at = (id: string, part: Part): Uint8Array => place('mail', id, part)

type Envelope = Pick<ArrivingMail, 'envelopeFrom' | 'envelopeTo' | 'client' | 'delivery' | 'spam' | 'privateReport'>

/** Shown instead of the envelope of a mail whose reporter was erased. */
const ERASED: Envelope = { envelopeFrom: '', envelopeTo: [], delivery: '' }

/**
 * The id of a mail: a keyed hash of its raw bytes and its sorted recipients. Without the key, a thief of the database
 * cannot find out to which mail an id belongs. The id of a private report is made from the link of its advisory
 * instead, because the text of the report may change between two readings.
 */
export function mailId(key: Key, mail: ArrivingMail): MessageId {
  const { privateReport, raw, envelopeTo } = mail
  const parts =
    privateReport === undefined
      ? [createHash('sha256').update(raw).digest('hex'), ...[...envelopeTo].sort()]
      : ['private report', privateReport.link]
  return MessageId.parse(`m-${Buffer.from(mac(key, place(...parts))).toString('hex')}`)
}

export const sealEnvelope = (
  key: Key,
  id: string,
  { envelopeFrom, envelopeTo, client, delivery, spam, privateReport }: ArrivingMail,
): Bytes =>
  sealJson(key, at(id, 'envelope'), {
    ...(envelopeFrom !== undefined && { envelopeFrom }),
    envelopeTo,
    ...(client && { client }),
    delivery,
    ...(spam === true && { spam }),
    ...(privateReport && { privateReport }),
  } satisfies Envelope)

export const sealRaw = (key: Key, id: string, raw: Uint8Array): Bytes => seal(key, at(id, 'raw'), raw)
export const openRaw = (key: Key, id: string, sealed: Uint8Array): Uint8Array => unseal(key, at(id, 'raw'), sealed)
export const sealBecause = (key: Key, id: string, because: string): Bytes => sealJson(key, at(id, 'because'), because)

export type ListedRow = {
  readonly id: string
  readonly receivedAt: bigint | number
  readonly state: string
  readonly attempts: number
  readonly bytes: number
  readonly stream: string | null
  readonly envelope: Uint8Array
  readonly because: Uint8Array | null
}

export type KeyedRow = ListedRow & { readonly key: Uint8Array; readonly reporter: string | null }

/** A stored mail without its bytes. If there is no key, because the reporter was erased, the envelope is empty. */
export function openListed(row: ListedRow, key: Key | undefined): ListedMail {
  const envelope = key ? (unsealJson(key, at(row.id, 'envelope'), row.envelope) as Envelope) : ERASED
  const because = key && row.because ? String(unsealJson(key, at(row.id, 'because'), row.because)) : undefined
  return {
    ...envelope,
    id: MessageId.parse(row.id),
    receivedAt: openInstant(row.receivedAt),
    state: row.state as SpooledMail['state'],
    attempts: row.attempts,
    bytes: row.bytes,
    ...(row.stream === null ? {} : { stream: row.stream as StreamId }),
    ...(because === undefined ? {} : { because }),
  }
}
