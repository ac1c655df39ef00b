import { CaseId } from '@embargo/core'
import type { Instant, PersonId, Policy } from '@embargo/core'

/** The one case that is explored. */
export const CASE = CaseId.parse('SEC-2026-0001')

/**
 * The other side: a reporter who writes, one who can be reached and never writes, one whom no answer reaches, or
 * nobody.
 */
export const REPORTERS = ['reachable', 'silent', 'unreachable', 'absent'] as const
export type ReporterKind = (typeof REPORTERS)[number]

/** A policy, and the people around one case. */
export type Scenario = {
  readonly policy: Policy
  readonly reporter: ReporterKind
  /** The people of the policy who act; the others are equivalent to one of them. */
  readonly people: readonly PersonId[]
  /** The person of the team who sent the report and is barred from it. */
  readonly reportedBy?: PersonId
  /** A person who joined after the case was opened and was never invited to it. */
  readonly late?: PersonId
  readonly start: Instant
  /**
   * Abstracts further, to what a policy decides: who owns the case, what the reporter answered besides the fix, and how
   * a closed case would go on are not distinguished. For checking a policy; the proof does without it.
   */
  readonly coarse?: true
  /** Cases are neglected, and then anybody may take them; absent: nobody takes a case. */
  readonly idle?: true
  /** No mail comes in, and none is in doubt: what happens then is the same under every policy. */
  readonly quiet?: true
  /** The ratings that are explored further; absent: every one that differs in a rule. */
  readonly rated?: readonly ('high' | 'low' | 'attacked')[]
  /** Planned dates are not moved in what is explored further. */
  readonly unmoved?: true
  /** People propose no end of an embargo in what is explored further. */
  readonly unnegotiated?: true
}
