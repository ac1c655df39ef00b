import type { BlobId, Sha256, StreamId } from '@embargo/core'

/**
 * Bytes sealed under their case's key: patches, replies, what an approval showed. Identified by a content hash within a
 * case.
 */
export type BlobStore = {
  put(stream: StreamId, bytes: Uint8Array): Promise<{ readonly blob: BlobId; readonly sha256: Sha256 }>
  get(blob: BlobId): Promise<Uint8Array | undefined>
}
