import { PROFILES, Policy } from '@embargo/core'
import type { Problem } from '../problems/problem.ts'
import { disagreements } from './agrees.ts'
import { explainAll } from './explain.ts'
import { isTree, overlay } from './overlay.ts'
import type { PolicyText } from './policy-text.ts'
import { readPolicyText } from './policy-text.ts'

export type PolicyReading =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** A written policy, laid over the values of its profile (`team` unless it names another). All problems at once. */
export function readPolicy(file: string, written: string): PolicyReading {
  const text = readPolicyText(file, written)
  if (text.problems.length > 0) return { ok: false, problems: text.problems }
  if (!isTree(text.value)) return { ok: false, problems: [notAPolicy(text)] }
  const name = text.value['profile']
  const profile = name === 'solo' || name === 'organisation' ? PROFILES[name] : PROFILES.team
  const parsed = Policy.safeParse(overlay({ ...profile, platforms: ['terminal'] }, text.value))
  const problems = parsed.success ? disagreements(parsed.data, text) : explainAll(parsed.error.issues, text)
  if (parsed.success && problems.length === 0) return { ok: true, policy: parsed.data }
  return { ok: false, problems: problems.toSorted(byPlace) }
}

function notAPolicy(text: PolicyText): Problem {
  return {
    at: text.place([]),
    because: 'A policy is a block of keys, and this is none.',
    instead: 'Begin with "profile: team", then "projects:" and "people:"; docs/operations.md has a whole one.',
  }
}

function byPlace(a: Problem, b: Problem): number {
  if (a.at.is !== 'file' || b.at.is !== 'file') return 0
  return a.at.line - b.at.line || a.at.column - b.at.column
}
