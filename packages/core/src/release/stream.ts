import { ReleaseId } from '../shared/ids.ts'
import type { CaseId, StreamId } from '../shared/ids.ts'

/** Both kinds are parsed already, so the first letters tell: this is asked of every event. */
export const isReleaseStream = (stream: StreamId): stream is ReleaseId => stream.startsWith('REL-')

export const isCaseStream = (stream: StreamId): stream is CaseId => !isReleaseStream(stream)

/** The release that a case gets when it goes alone. The n-th of a case has the same name whoever computes it. */
export const implicitRelease = (id: CaseId, n: number): ReleaseId => ReleaseId.parse(`REL-${id}-${n}`)
