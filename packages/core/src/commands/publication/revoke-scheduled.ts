import type { CaseState } from '../../state/state.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import { latestStart } from '../../policy/calendar.ts'
import type { Policy } from '../../policy/schema.ts'
import type { CaseId } from '../../shared/ids.ts'
import { isoInstant } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { ReleaseState } from '../../state/release/state.ts'

type Held = Extract<ReleaseEvent, { type: 'DisclosureHeld' }>

/**
 * Revokes a scheduled publication because its approved texts describe an earlier state of this case. It must be
 * approved again.
 */
export const revokeScheduled = (
  release: Pick<ReleaseState, 'ahead'>,
  { id }: Pick<CaseState, 'id'>,
  because: string,
): readonly Held[] => (release.ahead?.cases.includes(id) === true ? [{ type: 'DisclosureHeld', because }] : [])

/** Reason for revoking a scheduled publication: a case left the release. */
export const caseLeft = (id: CaseId): string => `${id} is no longer in the release, but the approved texts mention it.`

/** Reason for revoking it: somebody asked to take a case out. */
export const removalRequested = (id: CaseId): string =>
  `Somebody asked to take ${id} out of the release, and the approved texts mention it.`

/** Reason for revoking it: a fix became ready or was withdrawn. */
export const fixStatusChanged = (id: CaseId): string =>
  `Whether ${id} is fixed has changed since its texts were approved.`

/** Reason for revoking it: attacks make a case more severe than its texts say. */
export const ratingChanged = ({ id, severity }: Pick<CaseState, 'id' | 'severity'>): string =>
  `Attacks on ${id} are observed, so its severity is now high, but the approved texts say ${severity ?? 'nothing about it'}. Two people can approve new texts at once, or publish what is known now.`

/** Reason for revoking it when the rating cannot change yet, because approved mails that have not left contain it. */
export const ratingPending = ({ id, severity }: Pick<CaseState, 'id' | 'severity'>): string =>
  `Attacks on ${id} are observed, but the approved texts say ${severity ?? 'nothing about the severity'}. The severity cannot change while approved mails wait to leave: settle the mails that wait for a decision and rate the case high, then two people can approve new texts. Or publish what is known now.`

/**
 * Reason for revoking it: the program was not running at the approved instant, so people must choose when to publish.
 */
export const tooLate = (whole: Policy, from: Instant, at: Instant): string | undefined =>
  at <= latestStart(whole, from)
    ? undefined
    : `It was to begin at ${isoInstant(from)}, and its release window has closed since.`

/**
 * Why nothing begins without a mail relay: it would be public for some, and the people who wait for it would not be
 * told.
 */
export const noRelay = (relayMissing: string): string =>
  `No mail leaves: ${relayMissing} is not set, so nobody would be told. Set it to a mail relay and start the program again; then two people can approve the publication again.`
