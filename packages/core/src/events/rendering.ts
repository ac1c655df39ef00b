import type { ApprovedMail } from './approved-mail.ts'
import type { BlobId, Sha256 } from '../shared/ids.ts'

/** What the engine rendered before it asked: an approval covers exactly this. */
export type Rendering = {
  readonly digest: Sha256
  readonly blob: BlobId
  /** The digest that the engine computed when deciding. The other digest comes from outside and may be an old one. */
  readonly now?: Sha256
  /**
   * The mails that it rendered then, as digests by which they are recognised when they leave. Never taken from outside
   * either.
   */
  readonly mails?: readonly ApprovedMail[]
}
