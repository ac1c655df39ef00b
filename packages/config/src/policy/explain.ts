import { GATES, isGateId, PolicyFile, WAIVABLE_GATES } from '@embargo/core'
import type { GateId } from '@embargo/core'
import { z } from 'zod'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import type { Path, PolicyText } from './policy-text.ts'
import { insteadOfFormer } from './former-keys.ts'
import { likelyValue } from './likely-value.ts'
import { knownKeys, schemaAt } from './schema-at.ts'
import { nearestZone } from './nearest-zone.ts'
import { nameOf } from './path-name.ts'

type Issue = z.core.$ZodIssue

/** The schema's issues in words for the operator, one problem for each thing that must be changed. */
export function explainAll(issues: readonly Issue[], text: PolicyText): readonly Problem[] {
  // For a misspelt key the schema reports an unknown key and a missing key. It is one mistake, so only the unknown key
  // is explained.
  const misspelt = new Set(
    issues.flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') return []
      const known = knownKeys(PolicyFile, issue.path)
      return issue.keys.map((key) => nameOf([...issue.path, nearest(key, known) ?? key]))
    }),
  )
  return issues
    .filter((issue) => !(misspelt.has(nameOf(issue.path)) && text.found(issue.path) === undefined))
    .flatMap((issue) => explain(issue, text))
}

function explain(issue: Issue, text: PolicyText): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(PolicyFile, issue.path)
    return issue.keys.map((key) => unknownKey(issue.path, { key, known }, text))
  }
  const at = text.place(issue.path)
  const found = text.found(issue.path)
  const name = nameOf(issue.path)
  if (found === undefined)
    return [{ at, because: `${name} is missing.`, instead: `Add it: ${expectation(issue, undefined)}.` }]
  // The key has no value.
  if (found === '') return [{ at, because: `${name} is empty.`, instead: `${capital(expectation(issue, found))}.` }]
  return [{ at, found, because: `${name} can't be that.`, instead: `${capital(expectation(issue, found))}.` }]
}

type UnknownKey = { readonly key: string; readonly known: readonly string[] }

function unknownKey(path: Path, { key, known }: UnknownKey, text: PolicyText): Problem {
  const suggestion = nearest(key, known)
  const former = suggestion === undefined ? insteadOfFormer(path, key) : undefined
  if (former !== undefined)
    return {
      at: text.placeOfKey(path, key),
      found: key,
      because: `${nameOf([...path, key])} is gone.`,
      instead: former,
    }
  if (path.at(-1) === 'waivers' && isGateId(key)) return neverWaived(path, key, text)
  const all = known.length === 0 ? '' : ` Its keys are: ${known.join(', ')}.`
  return {
    at: text.placeOfKey(path, key),
    found: key.slice(0, 80),
    because: `${path.length === 0 ? 'A policy' : nameOf(path)} has no such key.`,
    instead: suggestion === undefined ? `Take it out.${all}` : `Did you mean ${suggestion}?${all}`,
  }
}

/** The problem for a gate that exists but must never be waived. The name of such a gate is not a typing error. */
function neverWaived(path: Path, gate: GateId, text: PolicyText): Problem {
  return {
    at: text.placeOfKey(path, gate),
    found: gate,
    because: `${gate} can never be waived. ${GATES[gate].rule}`,
    instead: `Take it out. These rules can be waived: ${WAIVABLE_GATES.join(', ')}.`,
  }
}

/**
 * Says which value would be right. Sentences that the schema gives are kept. Zod's own sentences are reworded, because
 * they name types.
 */
function expectation(issue: Issue, found: string | undefined): string {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String)
      const suggestion = found === undefined ? undefined : nearest(unquoted(found), values)
      if (values.length === 1) return `write ${values.join('')}`
      return suggestion === undefined
        ? `one of ${values.join(', ')}`
        : `did you mean ${suggestion}? The values are: ${values.join(', ')}`
    }
    case 'invalid_type':
      return wantedText(issue, found) ?? `${KINDS[issue.expected] ?? issue.expected} belongs here`
    case 'too_small':
      if (issue.origin === 'array') return `at least ${issue.minimum} ${issue.minimum === 1 ? 'entry' : 'entries'}`
      return issue.origin === 'string' ? "it can't be empty" : `at least ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string' ? `at most ${issue.maximum} characters` : `at most ${issue.maximum}`
    case 'invalid_format': {
      const right = issue.format === 'date' ? 'a date looks like 2026-01-31' : issue.message
      const suggestion = found === undefined ? undefined : likelyValue(unquoted(found), issue.path)
      return suggestion === undefined ? right : `did you mean ${suggestion}? ${capital(right)}`
    }
    case 'custom': {
      const zone = issue.params?.['wants'] === 'time-zone' ? nearestZone(unquoted(found ?? '')) : undefined
      return zone === undefined ? issue.message : `did you mean ${zone}? ${capital(issue.message)}`
    }
    default:
      return issue.message
  }
}

/**
 * What would still be wrong with the value if it were written in quotes; undefined if quotes are enough. Both problems
 * are reported at once, so nobody adds quotes and only then gets the next problem.
 */
function wantedText(issue: Issue, found: string | undefined): string | undefined {
  const schema =
    issue.code === 'invalid_type' && issue.expected === 'string' ? schemaAt(PolicyFile, issue.path) : undefined
  if (schema === undefined) return undefined
  const [next] = z.safeParse(schema, unquoted(found ?? '')).error?.issues ?? []
  // If the value is missing, an empty text was checked in its place. Only a problem with the format is reported, because
  // it shows the format that the value should have.
  if (next === undefined || (found === undefined && next.code !== 'invalid_format')) return undefined
  return expectation({ ...next, path: [...issue.path] }, found)
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text (in quotes when it looks like a number)',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list, each entry after a dash,',
  object: 'an indented block of keys',
}

const unquoted = (text: string): string => text.replaceAll(/^["']|["']$/g, '')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
