import { addressParser } from 'postal-mime'
import { isOwnAddress } from './address.ts'
import { headFields } from './domain-checks/head.ts'
import type { HeadField } from './domain-checks/head.ts'
import { MAX_ADDRESS_FIELD } from './limits.ts'

/**
 * Fields in which servers write the envelope's recipient: X-Original-To and Delivered-To in Postfix, Delivered-To in
 * Gmail and Dovecot, Envelope-To in Exim, X-Delivered-To in Fastmail. A sender gains nothing by forging them: the mail
 * could have been sent to that address anyway.
 */
const DELIVERY_FIELDS = ['x-original-to', 'delivered-to', 'envelope-to', 'x-delivered-to']
/** Fields with the addressees that the sender wrote. They count only if the server added none of `DELIVERY_FIELDS`. */
const ADDRESS_FIELDS = ['to', 'cc']

/** How many bytes of the header are searched. A larger header is an attack, but the mail is still read. */
const MAX_HEADER_BYTES = 256 * 1024

/**
 * The addresses of ours to which a mail was sent, taken from its header. A mail that was fetched from a mailbox has no
 * envelope.
 */
export function deliveredTo(raw: Uint8Array, own: readonly string[]): readonly string[] {
  const fields = headFields(raw.subarray(0, MAX_HEADER_BYTES))
  const found = ownIn(fields, DELIVERY_FIELDS, own)
  return found.length > 0 ? found : ownIn(fields, ADDRESS_FIELDS, own)
}

function ownIn(fields: readonly HeadField[], names: readonly string[], own: readonly string[]): readonly string[] {
  const addresses = fields
    .filter(({ name, value }) => names.includes(name) && value.length <= MAX_ADDRESS_FIELD)
    .flatMap(({ value }) => addressParser(value, { flatten: true }))
    .flatMap(({ address }) => address?.toLowerCase() ?? [])
    .filter((address) => isOwnAddress(address, own))
  return [...new Set(addresses)]
}
