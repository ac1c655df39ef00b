import { ReleaseId } from '../shared/ids.ts'
import type { CaseId, StreamId } from '../shared/ids.ts'

export const isReleaseStream = (stream: StreamId): stream is ReleaseId => ReleaseId.safeParse(stream).success

export const isCaseStream = (stream: StreamId): stream is CaseId => !isReleaseStream(stream)

/** The release that a case gets when it goes alone. The n-th of a case has the same name whoever computes it. */
export const implicitRelease = (id: CaseId, n: number): ReleaseId => ReleaseId.parse(`REL-${id}-${n}`)
