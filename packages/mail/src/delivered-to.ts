import { addressParser } from 'postal-mime'
import { isOwnAddress } from './address.ts'
import { MAX_ADDRESS_FIELD } from './limits.ts'

/**
 * Fields with the envelope's recipient: Postfix writes X-Original-To and Delivered-To, Gmail and Dovecot Delivered-To,
 * Exim Envelope-To, Fastmail X-Delivered-To. A sender may write them too, and gains nothing by it: they could have
 * written to that address.
 */
const DELIVERY_FIELDS = ['x-original-to', 'delivered-to', 'envelope-to', 'x-delivered-to']
/** What people wrote to, when the server says nothing. */
const ADDRESS_FIELDS = ['to', 'cc']

/** Bytes of a header that are looked at. A larger header is some attack, and its mail is still read. */
const MAX_HEADER_BYTES = 256 * 1024

/** Our own addresses that a mail from a mailbox was sent to, because it has no envelope. */
export function deliveredTo(raw: Uint8Array, own: readonly string[]): readonly string[] {
  const fields = fieldsOf(raw)
  const found = ownIn(fields, DELIVERY_FIELDS, own)
  return found.length > 0 ? found : ownIn(fields, ADDRESS_FIELDS, own)
}

function ownIn(
  fields: readonly (readonly [string, string])[],
  names: readonly string[],
  own: readonly string[],
): readonly string[] {
  const addresses = fields
    .filter(([name, value]) => names.includes(name) && value.length <= MAX_ADDRESS_FIELD)
    .flatMap(([, value]) => addressParser(value, { flatten: true }))
    .flatMap(({ address }) => address?.toLowerCase() ?? [])
    .filter((address) => isOwnAddress(address, own))
  return [...new Set(addresses)]
}

function fieldsOf(raw: Uint8Array): readonly (readonly [string, string])[] {
  const [head = ''] = Buffer.from(raw.subarray(0, MAX_HEADER_BYTES))
    .toString('latin1')
    .split(/\r?\n\r?\n/u, 1)
  return head
    .replaceAll(/\r?\n[ \t]+/gu, ' ')
    .split(/\r?\n/u)
    .map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const
    })
}
