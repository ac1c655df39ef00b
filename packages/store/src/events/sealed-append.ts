import type { RecordedEvent, StreamId } from '@embargo/core'
import type { Bytes } from '../sealing/seal.ts'

/** Sealed events that are appended to one stream, and the version that the stream must still have. */
export type SealedAppend = {
  readonly stream: StreamId
  readonly expectedVersion: number
  readonly events: readonly { readonly event: RecordedEvent; readonly sealed: Bytes }[]
}
