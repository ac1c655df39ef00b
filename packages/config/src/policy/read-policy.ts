import { isTree, overlay, PolicyFile, PROFILES } from '@embargo/core'
import type { Policy, Tree } from '@embargo/core'
import { placeOf } from '../problems/problem.ts'
import type { Problem } from '../problems/problem.ts'
import { contradictions } from './contradictions.ts'
import { defaultPolicy, PLATFORMS_BY_DEFAULT } from './default-policy.ts'
import { explainAll } from './explain.ts'
import { policyFiles } from './policy-files.ts'
import { readKeyFiles } from './key-files.ts'
import { likelyProfile, repairPolicy } from './repair.ts'
import type { PolicyText } from './policy-text.ts'
import { readPolicyText } from './policy-text.ts'
import { readTemplateFolder } from './template-folder.ts'

export type PolicyReading =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * What a policy may use from its surroundings. If no surroundings are given, the policy must name its people and must
 * not name other files.
 */
export type PolicyAround = {
  /** The user who becomes the only person of a policy that names no people. */
  readonly osUser: string
  /** The text of a file that the policy names; undefined if there is no such file. */
  readonly readFile: (path: string) => string | undefined
  readonly listFolder?: (path: string) => readonly string[]
}

/** Reads a written policy and lays it over the values of its profile. Reports all problems at once. */
export function readPolicy(file: string, written: string, around?: PolicyAround): PolicyReading {
  const text = readPolicyText(file, written)
  if (!text.readable) return { ok: false, problems: text.problems }
  const reading = readValue(file, text, around)
  if (text.problems.length === 0) return reading
  // Some mistakes in the YAML were replaced by an empty value. The schema's problem at such a place is left out,
  // because the mistake is already reported.
  const places = new Set(text.problems.map(placeOf))
  const others = reading.ok ? [] : reading.problems.filter((one) => !places.has(placeOf(one)))
  return { ok: false, problems: [...text.problems, ...others].toSorted(byPlace) }
}

function readValue(file: string, text: PolicyText, around: PolicyAround | undefined): PolicyReading {
  // In a file that is empty or contains only comments, every setting keeps its default.
  const value = text.value ?? {}
  if (!isTree(value)) return { ok: false, problems: [notAPolicy(text)] }
  const start = startingFrom(value, around)
  const written = overlay(start, value)
  const files = policyFiles(file, around)
  const { letters, problems: ofLetters } = readTemplateFolder(written, files, text)
  const parsed = PolicyFile.safeParse(written)
  if (!parsed.success) {
    const repair = repairPolicy(written, start)
    const more = repair === undefined ? [] : contradictions(repair, text)
    const found = [...explainAll(parsed.error.issues, text), ...ofLetters, ...more]
    return { ok: false, problems: found.toSorted(byPlace) }
  }
  const { policy, problems: ofKeys } = readKeyFiles({ ...parsed.data, ...letters }, files, text)
  const problems = [...ofLetters, ...ofKeys, ...contradictions(policy, text)]
  if (problems.length > 0) return { ok: false, problems: problems.toSorted(byPlace) }
  return { ok: true, policy }
}

/**
 * The values of settings that the file does not have. They come from the profile that the file names, or from `team`.
 * If the file names no people, and its profile is `solo` or not named, the policy is for a single person: the user of
 * the machine.
 */
function startingFrom(value: Tree, around: PolicyAround | undefined): Tree {
  const named = value['profile']
  const likely = likelyProfile(named)
  const alone = value['people'] === undefined && (named === undefined || likely === 'solo')
  if (alone && around !== undefined) return defaultPolicy(around.osUser)
  return { ...PROFILES[likely ?? 'team'], platforms: PLATFORMS_BY_DEFAULT }
}

function notAPolicy(text: PolicyText): Problem {
  return {
    at: text.place([]),
    because: 'A policy is a block of keys, and this is something else.',
    instead: 'Begin with "profile: team", then "projects:" and "people:"; docs/operations.md has a complete example.',
  }
}

function byPlace(a: Problem, b: Problem): number {
  if (a.at.is !== 'file' || b.at.is !== 'file') return 0
  return a.at.line - b.at.line || a.at.column - b.at.column
}
