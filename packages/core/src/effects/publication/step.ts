import type { CaseState } from '../../state/state.ts'
import type { ApprovedMail } from '../../events/approved-mail.ts'
import type { CorrectionAudience } from '../../events/case/correction.ts'
import type { DocumentStepId, MailStepId } from '../../events/step-id.ts'
import type { Policy, Project } from '../../policy/schema.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { TargetName } from '../../shared/target-name.ts'
import type { PrenotifiedRecipient, ReleaseState } from '../../state/release/state.ts'

export type StepContext = {
  readonly policy: Policy
  readonly project: Project
  readonly release: ReleaseState
  readonly cases: readonly CaseState[]
  /** Recipients who have patches of any of the cases, from any release. */
  readonly holders: readonly PrenotifiedRecipient[]
  /** Set if this is a correction: who is told about the correction. */
  readonly tell?: CorrectionAudience
}

type StepWords = {
  readonly title: string
  /** The step's name in a list of what was done. */
  readonly short: string
  /** The step's name in a line about this step alone. */
  readonly words: string
}

/** A step that sends mails. It is done when all of them were accepted. */
export type MailStep = StepWords & {
  readonly kind: 'mail'
  readonly id: MailStepId
  readonly letter: ApprovedMail['letter']
  /**
   * True for a step whose mails are public. If it is unknown whether a public mail was sent, the mail is never sent
   * again automatically: a person decides.
   */
  readonly isPublic: boolean
  readonly addressees: (context: StepContext) => readonly ApprovedMail['to'][]
}

/**
 * A step that checks a target, or puts documents there, separately for each case. The step is done when it is done for
 * every case.
 */
export type DocumentStep = StepWords & {
  readonly kind: 'document'
  readonly id: DocumentStepId
  readonly target: TargetName
  readonly cases: (context: StepContext) => readonly CaseId[]
}

/** One step of a publication. A step with nothing to do is skipped. */
export type Step = MailStep | DocumentStep
