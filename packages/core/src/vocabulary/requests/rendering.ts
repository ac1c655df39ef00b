import type { ApprovedMail } from '../../events/approved-mail.ts'
import type { BlobId, Sha256 } from '../../shared/ids.ts'

/** What the engine rendered before it asked: an approval covers exactly this. */
export type Rendering = {
  readonly digest: Sha256
  readonly blob: BlobId
  /** What the engine rendered at the moment of the decision. The digest comes back from outside and may be an old one. */
  readonly now?: Sha256
  /** The mails that it rendered then, by what they are known again when they leave. Never taken from outside either. */
  readonly mails?: readonly ApprovedMail[]
}
