import type { BlobId, Sha256, StreamId } from '@embargo/core'

/**
 * Stores bytes such as patches, replies, and what was shown for an approval. They are sealed under the key of their
 * case. Within a case, a blob is identified by the hash of its content.
 */
export type BlobStore = {
  put(stream: StreamId, bytes: Uint8Array): Promise<{ readonly blob: BlobId; readonly sha256: Sha256 }>
  get(blob: BlobId): Promise<Uint8Array | undefined>
}
