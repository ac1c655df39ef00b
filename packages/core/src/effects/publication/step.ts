import type { CaseState } from '../../state/state.ts'
import type { ApprovedMail } from '../../events/approved-mail.ts'
import type { StepId } from '../../events/release-events.ts'
import type { Policy, Project } from '../../policy/schema.ts'
import type { Prenotified, ReleaseState } from '../../state/release/state.ts'

export type StepContext = {
  readonly policy: Policy
  readonly project: Project
  readonly release: ReleaseState
  readonly cases: readonly CaseState[]
  /** Recipients who have patches of any of the cases, from any release. */
  readonly holders: readonly Prenotified[]
}

/**
 * One step of a publication. The step is done when all its mails were accepted; a step with nothing to do is skipped.
 */
export type Step = {
  readonly id: StepId
  readonly title: string
  /** The step's name in a list of what was sent. */
  readonly short: string
  /** In a line of its own. */
  readonly words: string
  readonly letter: ApprovedMail['letter']
  /** A public step in doubt is never repeated: it is parked, and a person decides. */
  readonly isPublic: boolean
  readonly addressees: (context: StepContext) => readonly ApprovedMail['to'][]
}
