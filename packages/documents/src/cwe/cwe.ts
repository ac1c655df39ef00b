import { OWASP_TITLES } from './owasp.ts'
import type { OwaspCategory, OwaspEdition } from './owasp.ts'
import { TABLE } from './table.ts'

/** A weakness: its CWE name, plain words for a subject line, and its OWASP Top 10 category, or `none`. */
export type Weakness = {
  id: number
  name: string
  kind: string
  owasp: Record<OwaspEdition, OwaspCategory | 'none'>
}

const BY_ID: ReadonlyMap<number, Weakness> = new Map(
  TABLE.map(([id, name, kind, first, second]) => [id, { id, name, kind, owasp: { '2021': first, '2025': second } }]),
)

/** Every weakness in the table, by number. */
export const WEAKNESSES: readonly Weakness[] = [...BY_ID.values()]

/** The weakness with a CWE number. Undefined if the table does not have it; the CWE may still exist. */
export function weakness(id: number): Weakness | undefined {
  return BY_ID.get(id)
}

const SPELLING = /^(?:CWE-)?([1-9]\d{0,4})$/i

/** The number in `CWE-79`, `cwe-79` or `79`; undefined for anything else. */
export function cweNumber(text: string): number | undefined {
  const digits = SPELLING.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/**
 * `A05:2025 Injection`; undefined if that edition has no category for the weakness, or if the table does not have the
 * weakness.
 */
export function owaspCategory(id: number, edition: OwaspEdition): string | undefined {
  const category = BY_ID.get(id)?.owasp[edition] ?? 'none'
  return category === 'none' ? undefined : `${category}:${edition} ${OWASP_TITLES[edition][category]}`
}
