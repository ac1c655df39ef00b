import type { Policy } from '../../policy/schema.ts'
import type { PrenotificationList } from '../../policy/schema/lists.ts'
import type { Instant } from '../../shared/instant.ts'
import type { CaseState } from '../state.ts'
import type { ReleaseState } from './state.ts'

type Seen = { readonly policy: Policy; readonly release?: ReleaseState | undefined }

/** The pre-notified lists that are mailing lists of the Linux distributions. */
const notifiedDistros = ({ policy, release }: Seen): readonly PrenotificationList[] => {
  const notified = new Set(release?.prenotified.filter(({ sentAt }) => sentAt !== undefined).map(({ list }) => list))
  return policy.prenotification.lists.filter(({ id, kind }) => kind === 'linux-distros' && notified.has(id))
}

/** Whether the list of the Linux distributions was pre-notified. */
export const tellsDistros = (seen: Seen): boolean => notifiedDistros(seen).length > 0

/**
 * When the list of the Linux distributions got an exploit with the pre-notification or a later mail. The list requires
 * that we publish such an exploit after the vulnerability.
 */
export function exploitSharedAt(seen: Seen & { readonly state: CaseState }): Instant | undefined {
  const { release, state } = seen
  const lists = notifiedDistros(seen)
  if (lists.length === 0) return undefined
  if (release?.exploit !== undefined) return release.prenotifiedAt
  return lists.flatMap(({ id }) => state.sharedExploit?.[id] ?? []).toSorted((a, b) => a - b)[0]
}

/**
 * Whether the first post on oss-security must say that an exploit follows. An exploit that was shared after the
 * publication began does not change the approved text.
 */
export function announcesExploit(seen: Seen & { readonly state: CaseState }): boolean {
  const begun = seen.release?.startedAt ?? Infinity
  const isBefore = (at: Instant | undefined): boolean => at !== undefined && at < begun
  return isBefore(exploitSharedAt(seen)) && !isBefore(seen.state.duties?.['exploit-duty']?.at)
}
