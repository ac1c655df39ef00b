import { isTree, Policy } from '@embargo/core'
import type { Tree } from '@embargo/core'
import type { z } from 'zod'
import { nearest } from '../problems/nearest.ts'
import type { Path } from './policy-text.ts'
import { knownKeys } from './schema-at.ts'

type Issue = z.core.$ZodIssue

/** A mended key can show what its misspelling hid; a few times, and no more. */
const ROUNDS = 4
/** Each is mended in a copy of its own of all that stands around it; with so many mistakes nothing of what is meant is sure. */
const MOST_MENDED = 200

/**
 * The policy as it is meant, as far as that is no guess: a misspelt key is the one that it looks like, a key that looks like
 * none is not there, and a value that is none is that of the profile. So what no single value shows is told of together
 * with what single values show, and nobody mends one problem to read the next. Nothing where a list would have to be
 * guessed, or the profile.
 */
export function mended(written: unknown, start: Tree): Policy | undefined {
  let policy = written
  for (let round = 0; round < ROUNDS; round += 1) {
    const parsed = Policy.safeParse(policy)
    if (parsed.success) return parsed.data
    const { issues } = parsed.error
    // A misspelt key is missing under its own name as well: what is missing still is seen in the next round.
    const keys = issues.filter(({ code }) => code === 'unrecognized_keys')
    const first = keys.length > 0 ? keys : issues
    if (first.length > MOST_MENDED) return undefined
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
  if (typeof key !== 'string' || path[0] === 'profile') return undefined
  const instead = valueAt(start, path)
  if (instead !== undefined) return changed(policy, path, () => instead)
  // What is written and need not be there is left to its default; what is missing cannot be guessed.
  return valueAt(policy, path) === undefined
    ? undefined
    : changed(policy, path.slice(0, -1), (at) => withoutKey(at, key))
}

function withoutKey(at: unknown, key: string): unknown {
  if (!isTree(at)) return at
  const { [key]: _gone, ...rest } = at
  return rest
}

/** Each under the name that it is taken for, where nothing stands there. */
const withKeys = (policy: unknown, path: Path, keys: readonly string[]): unknown =>
  changed(policy, path, (at) => {
    if (!isTree(at)) return at
    const known = knownKeys(Policy, path)
    const rest = new Map(Object.entries(at))
    for (const key of keys) {
      const value = rest.get(key)
      rest.delete(key)
      const meant = nearest(key, known)
      if (meant !== undefined && !rest.has(meant)) rest.set(meant, value)
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
