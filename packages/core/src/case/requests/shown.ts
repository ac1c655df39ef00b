import type { BlobId, Sha256 } from '../../shared/ids.ts'

/** What the engine rendered before it asked: an approval covers exactly this. */
export type Shown = {
  readonly digest: Sha256
  readonly blob: BlobId
  /** What the engine rendered at the moment of the decision. The digest comes back from outside and may be an old one. */
  readonly now?: Sha256
}
