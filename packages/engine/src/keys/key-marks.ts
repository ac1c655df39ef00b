import type { CaseState, CveId } from '@embargo/core'
import type { KeyVault } from '../ports/key-vault.ts'

/**
 * How many hexadecimal digits a mark (see `keyMarksOf`) has. If two marks are equal by chance, the only harm is that a
 * case is loaded in vain.
 */
const DIGITS = 16

/**
 * A case has at most this many marks, because PostgreSQL indexes at most 2,700 bytes. If the reports need more marks,
 * for example after a merge, the marks of the last reports are left out, and the case cannot be found by them.
 */
const MAX_MARKS = 100

const markOf = ({ mac }: Pick<KeyVault, 'mac'>, text: string): string =>
  Buffer.from(mac('reporter-key', text)).toString('hex').slice(0, DIGITS)

export const addressMark = (keys: Pick<KeyVault, 'mac'>, address: string): string =>
  markOf(keys, `address ${address.toLowerCase()}`)

export const keyIdMark = (keys: Pick<KeyVault, 'mac'>, keyId: string): string => markOf(keys, `key ${keyId}`)

/** The mark by which the case with this CVE id can be found. */
export const cveMark = (keys: Pick<KeyVault, 'mac'>, cve: CveId): string => markOf(keys, `cve ${cve}`)

/**
 * The marks by which a case can be found: one for its CVE id and, for each reporter whose key is known, one for the
 * address and one for each id of the key. A mark is an HMAC, so the database does not reveal who reported.
 */
export function keyMarksOf(
  keys: Pick<KeyVault, 'mac'>,
  { reports, cve }: Pick<CaseState, 'reports' | 'cve'>,
): readonly string[] {
  const ofCve = cve?.id === undefined ? [] : [cveMark(keys, cve.id)]
  const marks = reports.flatMap(({ identity, key }) => {
    const known = key?.key.value
    if (identity.value === null || known === undefined || known === null) return []
    return [addressMark(keys, identity.value.address), ...known.keyIds.map((id) => keyIdMark(keys, id))]
  })
  return [...new Set([...ofCve, ...marks])].slice(0, MAX_MARKS)
}
