import type { World } from '../../vocabulary/decision.ts'
import { announcesHeadsUp } from './heads-up.ts'
import type { ReleaseState } from './state.ts'

/** Mails of an approved pre-notification that are not out yet. */
export function unsentApprovedMails(release: World['release']): number {
  if (release?.is !== 'prenotified') return 0
  // Who may have let it out is not told any more, so nobody waits for that.
  const waiting = release.prenotified.filter(
    ({ sentAt, suspendedAt }) => sentAt === undefined && suspendedAt === undefined,
  ).length
  return waiting + (headsUpWaits(release) ? 1 : 0)
}

const headsUpWaits = (release: ReleaseState): boolean => announcesHeadsUp(release) && release.headsUpAt === undefined

/** Whether words that two people approved are leaving, will leave automatically, or have begun to be public. */
export const textsFrozen = (release: World['release']): boolean =>
  unsentApprovedMails(release) > 0 || release?.ahead !== undefined || release?.startedAt !== undefined
