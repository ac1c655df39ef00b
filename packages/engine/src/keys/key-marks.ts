import type { CaseState } from '@embargo/core'
import type { KeyVault } from '../ports/key-vault.ts'

/** Hexadecimal digits of a mark. Two that are equal by chance only load a case in vain. */
const DIGITS = 16

/**
 * Marks of one case at most, because PostgreSQL indexes at most 2,700 bytes. A case of so many reports, merged into one,
 * is found by its first ones.
 */
const MAX_MARKS = 100

const markOf = ({ mac }: Pick<KeyVault, 'mac'>, text: string): string =>
  Buffer.from(mac('reporter-key', text)).toString('hex').slice(0, DIGITS)

export const addressMark = (keys: Pick<KeyVault, 'mac'>, address: string): string =>
  markOf(keys, `address ${address.toLowerCase()}`)

export const keyIdMark = (keys: Pick<KeyVault, 'mac'>, keyId: string): string => markOf(keys, `key ${keyId}`)

/**
 * Marks by which a case is found whose reporters have a known key: one for each address, and one for each id of their
 * keys. A mark is an HMAC, so that the database tells nobody who reported.
 */
export function keyMarksOf(keys: Pick<KeyVault, 'mac'>, { reports }: Pick<CaseState, 'reports'>): readonly string[] {
  const marks = reports.flatMap(({ identity, key }) => {
    const known = key?.key.value
    if (identity.value === null || known === undefined || known === null) return []
    return [addressMark(keys, identity.value.address), ...known.keyIds.map((id) => keyIdMark(keys, id))]
  })
  return [...new Set(marks)].slice(0, MAX_MARKS)
}
