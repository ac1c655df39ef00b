import type { World } from '../../vocabulary/decision.ts'
import type { CaseState } from '../state.ts'
import { announcesHeadsUp } from './heads-up.ts'
import type { ReleaseState } from './state.ts'

/** How many approved mails of a pre-notification have not been sent yet. */
export function unsentApprovedMails(release: World['release']): number {
  if (release?.is !== 'prenotified') return 0
  // Suspended recipients get no mail, so their unsent mails do not count.
  const waiting = release.prenotified.filter(
    ({ sentAt, suspendedAt }) => sentAt === undefined && suspendedAt === undefined,
  ).length
  return waiting + (headsUpWaits(release) ? 1 : 0)
}

const headsUpWaits = (release: ReleaseState): boolean => announcesHeadsUp(release) && release.headsUpAt === undefined

/**
 * Whether texts about a case cannot change now. They cannot change if approved texts are still being sent or will be
 * sent automatically, or if the releaser is building with the release notes of the case.
 */
export const textsOnTheirWay = ({ id }: Pick<CaseState, 'id'>, release: World['release']): boolean =>
  unsentApprovedMails(release) > 0 ||
  release?.ahead !== undefined ||
  (release?.startedAt !== undefined && release.disclosedAt === undefined) ||
  (release?.disclosedAt === undefined && release?.notes?.some((one) => one.case === id) === true)

/**
 * Whether the case has a CVE id that came too late for the texts that are now being sent. The approval stays valid: the
 * texts are sent without the id, and the records name it later.
 */
export const isCveKept = (state: Pick<CaseState, 'id' | 'cve'>, release: World['release']): boolean =>
  state.cve?.kept !== undefined && textsOnTheirWay(state, release)

/** Whether approved texts are being sent, will be sent automatically, or are partly public already. */
export const textsFrozen = (release: World['release']): boolean =>
  unsentApprovedMails(release) > 0 || release?.ahead !== undefined || release?.startedAt !== undefined

/** Whether a publication is complete, so that its record can be corrected. */
export const isPublished = (release: World['release']): boolean =>
  release?.startedAt !== undefined && release.disclosedAt !== undefined

/** Whether a fact that becomes known now comes too late for the texts of the publication. */
export const isTooLate = ({ id }: Pick<CaseState, 'id'>, release: World['release']): boolean =>
  release?.ahead !== undefined ||
  release?.startedAt !== undefined ||
  release?.notes?.some((one) => one.case === id) === true

/**
 * Whether the approved texts say that a CVE id was requested. If the id comes while these texts are being sent, the
 * event that records the id also records this answer.
 */
export const keptAs = ({ cve }: Pick<CaseState, 'cve'>): 'requested' | 'unrequested' =>
  cve === undefined ? 'unrequested' : 'requested'
