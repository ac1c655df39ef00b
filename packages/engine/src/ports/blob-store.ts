import type { BlobId, Sha256, StreamId } from '@embargo/core'

/**
 * Bytes that are sealed under the key of their case: patches, replies, what was shown for an approval. The hash of its
 * content identifies a blob within a case.
 */
export type BlobStore = {
  put(stream: StreamId, bytes: Uint8Array): Promise<{ readonly blob: BlobId; readonly sha256: Sha256 }>
  get(blob: BlobId): Promise<Uint8Array | undefined>
}
