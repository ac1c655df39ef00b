import { cweNumber, owaspCategory, weakness as known, WEAKNESSES } from '@embargo/documents'

/** A weakness in words; `owasp` is absent if the Top 10 has no category for it. */
export type Weakness = { readonly name: string; readonly owasp?: string }

/** The edition of the OWASP Top 10 that advisories refer to. */
const EDITION = '2025'

/** A CWE's name and its category in the OWASP Top 10; undefined if our table does not have the CWE. */
export function weaknessOf(cwe: string): Weakness | undefined {
  const id = cweNumber(cwe)
  const found = id === undefined ? undefined : known(id)
  if (id === undefined || found === undefined) return undefined
  const owasp = owaspCategory(id, EDITION)
  return { name: found.name, ...(owasp === undefined ? {} : { owasp }) }
}

/**
 * Weaknesses whose number begins with the typed text, or whose name contains it. They are suggested while somebody
 * types.
 */
export function searchWeaknesses(typed: string): readonly (Weakness & { readonly cwe: string })[] {
  const query = typed.trim().toLowerCase()
  const digits = query.replace(/^cwe-?/, '')
  return WEAKNESSES.filter(
    ({ id, name, kind }) =>
      String(id).startsWith(digits) || name.toLowerCase().includes(query) || kind.toLowerCase().includes(query),
  ).map(({ id, name }) => ({ cwe: `CWE-${id}`, name }))
}
