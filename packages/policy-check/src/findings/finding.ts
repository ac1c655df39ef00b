import type { Instant, Policy } from '@embargo/core'

/** A problem of a policy, in three sentences: what, why, and what to do. */
export type PolicyFinding = {
  readonly rule: PolicyRule
  readonly what: string
  readonly why: string
  readonly instead: string
  /** The path on which a case reaches the problem, one step after the other. */
  readonly path?: readonly string[]
}

/** The names under which findings are reported. */
type PolicyRule =
  | 'unreachable-stage'
  | 'no-end'
  | 'broken-rule'
  | 'unliftable-gate'
  | 'unheard-clock'
  | 'one-person-both-seats'
  | 'no-working-days'
  | 'no-release-window'
  | 'lead-longer-than-embargo'
  | 'unmailable-recipient'
  | 'unusable-key'
  | 'consent-to-come'
  | 'unmailable-reporter'
  | 'nothing-published'
  | 'no-cve-record'

/** Checks the text of a policy, without exploring cases. Calendars are checked for the time after `from`. */
export type StaticCheck = (policy: Policy, from: Instant) => readonly PolicyFinding[]
