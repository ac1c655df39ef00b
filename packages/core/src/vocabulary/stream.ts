import { PEOPLE, ReleaseId } from '../shared/ids.ts'
import type { CaseId, StreamId } from '../shared/ids.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'

/** Checks only the first letters, because this runs for every event and the ids are parsed already. */
export const isReleaseStream = (stream: StreamId): stream is ReleaseId => stream.startsWith('REL-')

export const isCaseStream = (stream: StreamId): stream is CaseId => !isReleaseStream(stream) && stream !== PEOPLE

/**
 * The id of the `n`th release of a case that is published alone. It depends only on the case and the number, so
 * computing it again finds the same release.
 */
export const implicitRelease = (id: CaseId, n: number): ReleaseId => ReleaseId.parse(`REL-${id}-${n}`)

/** The id of the n-th release that a project plans for one day: `REL-SEC-2026-07-14`, then `REL-SEC-2026-07-14-2`. */
export function plannedRelease(id: CaseId, at: Instant, n: number): ReleaseId {
  const [prefix] = id.split('-')
  const day = isoInstant(at).slice(0, 10)
  return ReleaseId.parse(`REL-${prefix}-${day}${n === 1 ? '' : `-${n}`}`)
}

/** How many ids are tried for one day. More releases on a day mean a bug or misuse. */
const MAX_OF_A_DAY = 50

/** The first release id for the day of `at` that is not taken yet. */
export function freeRelease(id: CaseId, at: Instant, taken: (release: ReleaseId) => boolean): ReleaseId {
  for (let n = 1; n < MAX_OF_A_DAY; n += 1) {
    const release = plannedRelease(id, at, n)
    if (!taken(release)) return release
  }
  return plannedRelease(id, at, MAX_OF_A_DAY)
}
