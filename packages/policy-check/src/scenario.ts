import { CaseId } from '@embargo/core'
import type { Instant, PersonId, Policy } from '@embargo/core'

/** The one case that is explored. */
export const CASE = CaseId.parse('SEC-2026-0001')

/**
 * Who stands on the other side: someone who writes, someone who can be reached and never does, someone whom no answer
 * reaches, or nobody.
 */
export const REPORTERS = ['reachable', 'silent', 'unreachable', 'absent'] as const
export type ReporterKind = (typeof REPORTERS)[number]

/** What is explored: a policy, and the people around one case. */
export type Scenario = {
  readonly policy: Policy
  readonly reporter: ReporterKind
  /** Those of the policy's people who act; the others are like one of them. */
  readonly people: readonly PersonId[]
  /** The person of the team who sent the report and is barred from it. */
  readonly reportedBy?: PersonId
  /** A person who joined after the case was opened and was never invited to it. */
  readonly late?: PersonId
  readonly start: Instant
  /**
   * Folds further, to what a policy settles: who of the team owns the case, what the reporter answered beside the fix, and
   * how a closed case would go on are not told apart. For a look at a policy; the proof does without it.
   */
  readonly coarse?: true
  /** No mail comes in, and none is in doubt: what happens then is the same under every policy. */
  readonly quiet?: true
  /** How the case can be rated in what is explored further; when it is absent, in every way that differs in a rule. */
  readonly rated?: readonly ('high' | 'low' | 'attacked')[]
  /** No planned date is moved in what is explored further. */
  readonly unmoved?: true
  /** No end of an embargo is named by people in what is explored further. */
  readonly unnegotiated?: true
}
