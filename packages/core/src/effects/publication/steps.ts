import type { DocumentStepId, MailStepId, StepId } from '../../events/step-id.ts'
import { announceMail } from './announce-mail.ts'
import { correctionMail } from './correction-mail.ts'
import { cveRecord } from './cve-record.ts'
import { embargoLifted } from './embargo-lifted.ts'
import { fileTree } from './file-tree.ts'
import { fixedVersions } from './fixed-versions.ts'
import { githubAdvisory } from './github-advisory.ts'
import { ossSecurityMail } from './oss-security-mail.ts'
import { records } from './records.ts'
import type { DocumentStep, MailStep, Step } from './step.ts'
import { thanks } from './thanks.ts'

export type { DocumentStep, MailStep, Step, StepContext } from './step.ts'

const DOCUMENTS = {
  'fixed-versions': fixedVersions,
  'github-advisory': githubAdvisory,
  'file-tree': fileTree,
  'cve-record': cveRecord,
  records,
} satisfies { readonly [Id in DocumentStepId]: DocumentStep }

const MAILS = {
  'announce-mail': announceMail,
  'oss-security-mail': ossSecurityMail,
  'embargo-lifted': embargoLifted,
  thanks,
  'correction-mail': correctionMail,
} satisfies { readonly [Id in MailStepId]: MailStep }

/** The steps of a publication, in order: the mails follow the documents (docs/publication.md). */
const BY_ID = { ...DOCUMENTS, ...MAILS } satisfies { readonly [Id in StepId]: Step }

export const DOCUMENT_STEPS: readonly DocumentStep[] = Object.values(DOCUMENTS)

export const MAIL_STEPS: readonly MailStep[] = Object.values(MAILS)

export const STEPS: readonly Step[] = Object.values(BY_ID)

export const stepOf = (id: StepId): Step => BY_ID[id]

export const mailStepOf = (id: MailStepId): MailStep => MAILS[id]
