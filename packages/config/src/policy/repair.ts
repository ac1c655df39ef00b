import { isTree, PolicyFile, PROFILES } from '@embargo/core'
import type { Policy, ProfileName, Tree } from '@embargo/core'
import { z } from 'zod'
import { nearest } from '../problems/nearest.ts'
import type { Path } from './policy-text.ts'
import { knownKeys, schemaAt } from './schema-at.ts'

type Issue = z.core.$ZodIssue

/** The most rounds of checks and repairs. A round can find mistakes that the repairs before it have uncovered. */
const ROUNDS = 4
/** The most repairs in one round. The meaning of a file with more mistakes cannot be guessed. */
const MAX_MENDED = 200

/**
 * The policy as it was probably meant, so that rules across several values can be checked in the same run. Misspelt
 * keys are corrected, and unknown keys are dropped. Invalid and missing values are replaced by the profile's values.
 * Undefined if a whole section or the profile would have to be guessed.
 */
export function repairPolicy(written: unknown, start: Tree): Policy | undefined {
  let policy = written
  for (let round = 0; round < ROUNDS; round += 1) {
    const parsed = PolicyFile.safeParse(policy)
    if (parsed.success) return { ...parsed.data, templates: {}, projectTemplates: {} }
    const { issues } = parsed.error
    // Unknown keys are repaired first. If a key is misspelt, the schema reports an unknown key and a missing key, and
    // the repair of the unknown key solves both problems. The next round repairs the keys that are really missing.
    const keys = issues.filter(({ code }) => code === 'unrecognized_keys')
    const first = keys.length > 0 ? keys : issues
    if (first.length > MAX_MENDED) return undefined
    const next = first.reduce<unknown>((rest, issue) => rest && withoutIssue(rest, issue, start), policy)
    if (next === undefined) return undefined
    policy = next
  }
  return undefined
}

function withoutIssue(policy: unknown, issue: Issue, start: Tree): unknown {
  if (issue.code === 'unrecognized_keys') return withKeys(policy, issue.path, issue.keys)
  const { path } = issue
  const key = path.at(-1)
  if (key === undefined || path.length === 1) return path[0] === 'profile' ? withProfile(policy) : undefined
  const instead = valueAt(start, path)
  if (instead !== undefined) return changed(policy, path, () => instead)
  const written = valueAt(policy, path)
  // The written value is removed. If it is required, the next round puts a placeholder in its place.
  if (written !== undefined && typeof key === 'string')
    return changed(policy, path.slice(0, -1), (at) => withoutKey(at, key))
  const placeholder = placeholderFor(path, written)
  return placeholder === undefined ? undefined : changed(policy, path, () => placeholder)
}

function withProfile(policy: unknown): unknown {
  const profile = likelyProfile(valueAt(policy, ['profile']))
  return profile === undefined ? undefined : changed(policy, ['profile'], () => profile)
}

/** The profile that was probably meant. */
export const likelyProfile = (written: unknown): ProfileName | undefined => {
  const name = typeof written === 'string' ? nearest(written, Object.keys(PROFILES)) : undefined
  return PolicyFile.shape.profile.safeParse(name).data
}

const PLACEHOLDER = 'unwritten-'

/**
 * Whether the repair made up this id. If so, the real id of the entry is missing, and a reference to an unknown id may
 * mean this entry.
 */
export const isPlaceholder = (name: string): boolean => name.startsWith(PLACEHOLDER)

/**
 * A valid value that replaces a missing value or an invalid list entry, to keep other rules from reporting the same
 * mistake.
 */
function placeholderFor(path: Path, written: unknown): unknown {
  const schema = schemaAt(PolicyFile, path)
  if (schema === undefined) return undefined
  if (schema instanceof z.ZodObject) return {}
  if (schema instanceof z.ZodEnum) return nearest(String(written), schema.options.map(String)) ?? schema.options[0]
  const name = `${PLACEHOLDER}${path.filter((step) => typeof step === 'number').join('-')}`
  return [name, `${name}@unwritten.example`, '2026-01-31', 1, true].find((one) => z.safeParse(schema, one).success)
}

function withoutKey(at: unknown, key: string): unknown {
  if (!isTree(at)) return at
  const { [key]: _gone, ...rest } = at
  return rest
}

/** Moves each value to the key that was probably meant, unless that key has a value. */
const withKeys = (policy: unknown, path: Path, keys: readonly string[]): unknown =>
  changed(policy, path, (at) => {
    if (!isTree(at)) return at
    const known = knownKeys(PolicyFile, path)
    const rest = new Map(Object.entries(at))
    for (const key of keys) {
      const value = rest.get(key)
      rest.delete(key)
      const suggestion = nearest(key, known)
      if (suggestion !== undefined && !rest.has(suggestion)) rest.set(suggestion, value)
    }
    return Object.fromEntries(rest)
  })

function changed(value: unknown, [first, ...more]: Path, change: (at: unknown) => unknown): unknown {
  if (first === undefined) return change(value)
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (index === first ? changed(one, more, change) : one))
  if (!isTree(value)) return value
  const key = String(first)
  return { ...value, [key]: changed(Object.hasOwn(value, key) ? value[key] : undefined, more, change) }
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return typeof key === 'number' ? at[key] : undefined
    return isTree(at) && Object.hasOwn(at, key) ? at[String(key)] : undefined
  }, value)
