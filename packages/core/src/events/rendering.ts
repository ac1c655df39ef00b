import type { ApprovedMail } from './approved-mail.ts'
import type { ApprovedDocument } from './step-id.ts'
import type { BlobId, Sha256 } from '../shared/ids.ts'

/**
 * The content to approve, which the engine renders for the preview, and again when deciding. An approval covers exactly
 * this content.
 */
export type Rendering = {
  readonly digest: Sha256
  readonly blob: BlobId
  /** The digest that the engine computed when deciding. `digest` is what the person saw, and may be out of date. */
  readonly now?: Sha256
  /**
   * Digests of the mails that the engine rendered when deciding, never taken from the request. Each mail is compared
   * with its digest before it is sent.
   */
  readonly mails?: readonly ApprovedMail[]
  /** Digests of the documents, computed in the same way. */
  readonly documents?: readonly ApprovedDocument[]
}
