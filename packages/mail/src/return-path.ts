import { headFields } from './domain-checks/head.ts'
import { MAX_ADDRESS_FIELD, MAX_HEADER_BYTES } from './limits.ts'

/**
 * The value of the field Return-Path: angle brackets with an address, or with nothing, between them. Exchange leaves
 * the brackets out.
 */
const VALUE = /^(?:<([^<>\s]*)>|([^<>\s]+@[^<>\s]+))$/u

/**
 * The envelope's sender, from the field Return-Path that the last mail server writes (RFC 5321 section 4.4). '' is the
 * null return path. Undefined if there is no such field. Also undefined if there are several, because the sender may
 * have written one of them.
 */
export function returnPathIn(raw: Uint8Array): string | undefined {
  const fields = headFields(raw.subarray(0, MAX_HEADER_BYTES)).filter(({ name }) => name === 'return-path')
  const [field, ...more] = fields
  if (field === undefined || more.length > 0 || field.value.length > MAX_ADDRESS_FIELD) return undefined
  const found = VALUE.exec(field.value)
  return found === null ? undefined : (found[1] ?? found[2])
}
