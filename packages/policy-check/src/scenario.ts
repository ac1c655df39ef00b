import { CaseId } from '@embargo/core'
import type { Instant, PersonId, Policy } from '@embargo/core'

/** The one case that is explored. */
export const CASE = CaseId.parse('SEC-2026-0001')

/**
 * The kinds of reporter. `reachable`: writes. `silent`: can be reached but never writes. `unreachable`: cannot be
 * reached. `absent`: there is no reporter.
 */
export const REPORTERS = ['reachable', 'silent', 'unreachable', 'absent'] as const
export type ReporterKind = (typeof REPORTERS)[number]

/** A policy, and the people around one case. */
export type Scenario = {
  readonly policy: Policy
  readonly reporter: ReporterKind
  /** The people of the policy who act; the others are equivalent to one of them. */
  readonly people: readonly PersonId[]
  /** The team member who sent the report and is therefore barred from the case. */
  readonly reportedBy?: PersonId
  /** A person who joined after the case was opened and was never invited to it. */
  readonly late?: PersonId
  readonly start: Instant
  /**
   * Set when a policy is checked, and not in the proof of the rules (`npm run prove`). States then differ only by what
   * a policy decides, and not by who owns the case, what the reporter answered about anything but the fix, or how a
   * closed case would continue.
   */
  readonly coarse?: true
  /** Set if cases may be neglected, so that anybody may take them. If absent, nobody takes a case. */
  readonly idle?: true
  /** Set if no mail comes in and none is in doubt, because what happens then is the same under every policy. */
  readonly quiet?: true
  /** The ratings that are explored further; if absent, every rating that some rule treats differently. */
  readonly rated?: readonly ('high' | 'low' | 'attacked')[]
  /** Set if planned dates are never moved in what is explored further. */
  readonly unmoved?: true
  /** Set if people correct what is published. If absent, nobody does. */
  readonly corrects?: true
  /** Set if nobody proposes an end of an embargo in what is explored further. */
  readonly unnegotiated?: true
}
