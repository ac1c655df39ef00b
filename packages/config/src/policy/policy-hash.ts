import { createHash } from 'node:crypto'
import type { Policy } from '@embargo/core'
import { isTree, Sha256 } from '@embargo/core'

/** SHA-256 over the policy as canonical JSON: the order of keys, comments and defaults written out change nothing. */
export const policyHash = (policy: Policy): Sha256 =>
  Sha256.parse(createHash('sha256').update(canonicalJson(policy)).digest('hex'))

/** JSON with sorted keys and no spaces; what is undefined is left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry ?? null)).join(',')}]`
  if (!isTree(value)) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`
}
