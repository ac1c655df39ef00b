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
  /** The people of the policy who act. Everybody else is equivalent to one of them. */
  readonly people: readonly PersonId[]
  /** The team member who sent the report and is therefore barred from the case. */
  readonly reportedBy?: PersonId
  /** A person who joined after the case was opened and was never invited to it. */
  readonly late?: PersonId
  readonly start: Instant
  /**
   * Set when a policy is checked, and absent in the proof of the rules (`npm run prove`). If set, states differ only by
   * what a policy decides. They do not differ by who owns the case or by how a closed case would continue. They do not
   * differ by the reporter's answers either, except by the answers about the fix.
   */
  readonly coarse?: true
  /** Set if the exploration includes neglected cases, which anybody may take. If absent, nobody runs `take`. */
  readonly idle?: true
  /**
   * Set if the exploration has no incoming mails, and no replies whose sending is in doubt. What happens to such mails
   * is the same under every policy.
   */
  readonly quiet?: true
  /**
   * The ratings of a case that are explored further. If absent, all three, because some rule treats each of them
   * differently from the others.
   */
  readonly rated?: readonly ('high' | 'low' | 'attacked')[]
  /** Set if states in which a planned date was moved are not explored further. */
  readonly unmoved?: true
  /** Set if people correct what is published. If absent, nobody corrects anything. */
  readonly corrects?: true
  /** Set if states in which somebody proposed an end of the embargo are not explored further. */
  readonly unnegotiated?: true
}
