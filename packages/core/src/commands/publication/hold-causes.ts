import type { CaseState } from '../../state/state.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import { latestStart } from '../../policy/calendar.ts'
import type { Policy } from '../../policy/schema.ts'
import type { CaseId } from '../../shared/ids.ts'
import { isoInstant } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { ReleaseState } from '../../state/release/state.ts'

type HoldCause<Facts> = {
  /** What happens, in a sentence for docs/rules.md. */
  readonly when: string
  /** The reason that the log states. */
  readonly because: (facts: Facts) => string
}

const defineCause = <Facts>(cause: HoldCause<Facts>): HoldCause<Facts> => cause

type CaseSeverity = Pick<CaseState, 'id' | 'severity'>
type Reason = { readonly because: string }

/**
 * The causes that stop a publication that was approved in advance. The approval then becomes void, and the publication
 * waits until people approve it again. `../approvals/void-causes.ts` lists what voids a pending approval request.
 */
export const HOLD_CAUSES = {
  caseGone: defineCause<{ readonly id: CaseId }>({
    when: 'A case leaves the release, but the approved texts mention it.',
    because: ({ id }) => `${id} is no longer in the release, but the approved texts mention it.`,
  }),
  dropQuestion: defineCause<{ readonly id: CaseId }>({
    when: 'Somebody asks to take a case out of the release, and the approved texts mention that case.',
    because: ({ id }) => `Somebody asked to take ${id} out of the release, and the approved texts mention it.`,
  }),
  hold: defineCause<{ readonly reason?: string }>({
    when: 'Somebody puts the release on hold.',
    because: ({ reason }) =>
      reason === undefined ? 'The release was put on hold.' : `The release was put on hold: ${reason}`,
  }),
  fixChange: defineCause<{ readonly id: CaseId }>({
    when: 'The fix of a case becomes ready, or is withdrawn.',
    because: ({ id }) => `The fix of ${id} became ready or was withdrawn after the texts were approved.`,
  }),
  sharedExploit: defineCause<{ readonly id: CaseId }>({
    when: 'A mail shares an exploit with recipients, and the approved texts do not say that it will be published.',
    because: ({ id }) => `An exploit of ${id} was shared with recipients, and the approved texts do not say so.`,
  }),
  attackRating: defineCause<CaseSeverity>({
    when: 'Attacks make a case more severe than its texts say.',
    because: ({ id, severity }) =>
      `Attacks on ${id} are observed, so its severity is now high, but the approved texts say ${severity === undefined ? 'nothing about it' : `that it is ${severity}`}. Two people can now approve new texts, or publish what is known so far.`,
  }),
  pendingRating: defineCause<CaseSeverity>({
    when: 'Attacks would make a case more severe, but its rating cannot change until every approved mail is sent or settled.',
    because: ({ id, severity }) =>
      `Attacks on ${id} are observed, but the approved texts say ${severity === undefined ? 'nothing about the severity' : `that the severity is ${severity}`}. The severity cannot change until every approved mail is sent or settled. Settle those that wait for a decision, then rate the case high. After that, two people can approve new texts. Or publish what is known so far.`,
  }),
  approverGone: defineCause<Reason>({
    when: 'The requester or the approver leaves the case or is removed from it.',
    because: ({ because }) => because,
  }),
  closedWindow: defineCause<{ readonly from: Instant }>({
    when: 'The program was not running at the time of the publication, and the release window has closed since.',
    because: ({ from }) =>
      `The publication was to begin at ${isoInstant(from)}, and its release window has closed since.`,
  }),
  missingRelay: defineCause<{ readonly relayMissing: string }>({
    when: 'At the time of the publication there is no mail relay, so nobody could be told about the publication.',
    because: ({ relayMissing }) =>
      `No mail leaves: ${relayMissing} is not set, so nobody would be told. Set it to a mail relay and start the program again; then two people can approve the publication again.`,
  }),
  brokenRule: defineCause<Reason>({
    when: 'At the time of the publication a rule refuses it.',
    because: ({ because }) => because,
  }),
  approverWithoutRole: defineCause<Reason>({
    when: 'At the time of the publication the requester or the approver no longer has the role for it.',
    because: ({ because }) => because,
  }),
} as const

/**
 * The reason to hold a publication if the program was not running at the approved instant. People must choose a new
 * time.
 */
export const tooLate = (whole: Policy, from: Instant, at: Instant): string | undefined =>
  at <= latestStart(whole, from) ? undefined : HOLD_CAUSES.closedWindow.because({ from })

type HoldEvent = Extract<ReleaseEvent, { type: 'DisclosureHeld' }>

/** Holds a publication that was approved in advance, if this case is part of it. */
export const heldBy = <Facts extends { readonly id: CaseId }>(
  cause: HoldCause<Facts>,
  { ahead }: Pick<ReleaseState, 'ahead'>,
  facts: Facts,
): readonly HoldEvent[] =>
  ahead?.cases.includes(facts.id) === true ? [{ type: 'DisclosureHeld', because: cause.because(facts) }] : []
