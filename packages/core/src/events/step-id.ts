import { z } from 'zod'
import { CaseId, Sha256 } from '../shared/ids.ts'

/** The steps that check a target or put documents at a target, in order. */
export const DocumentStepId = z.enum(['fixed-versions', 'github-advisory', 'file-tree', 'cve-record', 'records'])
export type DocumentStepId = z.infer<typeof DocumentStepId>

/**
 * The steps that send mails, in order. They come after the steps with documents, because the mails link to the
 * documents.
 */
export const MailStepId = z.enum(['announce-mail', 'oss-security-mail', 'embargo-lifted', 'thanks', 'correction-mail'])
export type MailStepId = z.infer<typeof MailStepId>

/** The steps of a publication, in order. To add one, add its name here and a file in `effects/publication`. */
export const StepId = z.enum([...DocumentStepId.options, ...MailStepId.options])
export type StepId = z.infer<typeof StepId>

export const isDocumentStep = (step: StepId): step is DocumentStepId =>
  DocumentStepId.options.some((one) => one === step)

/**
 * What one step does for one case, as two people approved it. The documents are written again just before they are
 * published, and their digests are compared with the approved ones.
 */
export const ApprovedDocument = z.object({
  step: DocumentStepId,
  case: CaseId,
  /** `prepare`: Embargo writes the documents, and a person publishes them. */
  mode: z.enum(['prepare', 'publish']),
  /**
   * The digest of the documents. It is computed from a version that has a fixed time, and that lacks the links and ids
   * that exist only after the publication.
   */
  words: Sha256,
})
export type ApprovedDocument = z.infer<typeof ApprovedDocument>
