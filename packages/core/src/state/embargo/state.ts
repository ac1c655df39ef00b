import type { ExitReason } from '../../shared/words.ts'
import type { Instant } from '../../shared/instant.ts'
import type { PersonId, ReportId } from '../../shared/ids.ts'

/** Embargo management (Vultron EM). */
export type EmState =
  | { readonly is: 'none' }
  | ({ readonly is: 'proposed'; readonly end: Instant } & Proposal)
  | ({ readonly is: 'active' } & InForce)
  | ({ readonly is: 'revise'; readonly proposedEnd: Instant } & InForce & Proposal)
  /** `at`: when the embargo ended. `end`: the date until which it was to last. */
  | { readonly is: 'exited'; readonly reason: ExitReason; readonly at: Instant; readonly end?: Instant }

/**
 * `end`: when the embargo ends now. `agreed`: the later date that both sides agreed on, if `end` is an earlier date
 * that a reporter proposed and the team has not accepted.
 */
export type InForce = { readonly end: Instant; readonly agreed?: Instant }

/** An end that one side proposed and the other has not answered. */
export type Proposal = {
  readonly proposal: string
  readonly by: 'standing' | 'team' | 'reporter'
  /** The team member who proposed the date. Nobody may accept their own proposal (gate `other-side`). */
  readonly proposer?: PersonId
  readonly proposedAt: Instant
  readonly reason?: string
  /** The report whose reporter proposed the end. */
  readonly report?: ReportId
}
