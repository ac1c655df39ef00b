import type { World } from '../../vocabulary/decision.ts'
import { announcesHeadsUp } from './heads-up.ts'
import type { ReleaseState } from './state.ts'

/** Approved mails of a pre-notification that have not left yet. */
export function unsentApprovedMails(release: World['release']): number {
  if (release?.is !== 'prenotified') return 0
  // Suspended recipients are no longer told, so nobody waits for their mails.
  const waiting = release.prenotified.filter(
    ({ sentAt, suspendedAt }) => sentAt === undefined && suspendedAt === undefined,
  ).length
  return waiting + (headsUpWaits(release) ? 1 : 0)
}

const headsUpWaits = (release: ReleaseState): boolean => announcesHeadsUp(release) && release.headsUpAt === undefined

/** Whether approved texts are leaving, will leave automatically, or have begun to be public. */
export const textsFrozen = (release: World['release']): boolean =>
  unsentApprovedMails(release) > 0 || release?.ahead !== undefined || release?.startedAt !== undefined
