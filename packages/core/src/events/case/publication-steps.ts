import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'
import type { StepId } from '../step-id.ts'

/**
 * A person's decision about one step of a publication. `step` names the step. The decision is recorded in the stream of
 * the release.
 */
export type PublicationStepRequest =
  /**
   * A person has done the step by hand for this case. If the step sends mails, the person has sent the mail to everyone
   * who had not got it.
   */
  | { readonly verb: 'done.step'; readonly case: CaseId; readonly step: StepId; readonly link: string }
  /** `again`: whatever failed or is in doubt is tried again. `withdrawn`: the step is left out. */
  | { readonly verb: 'settle.step'; readonly case: CaseId; readonly step: StepId; readonly outcome: 'again' }
  | {
      readonly verb: 'settle.step'
      readonly case: CaseId
      readonly step: StepId
      readonly outcome: 'withdrawn'
      readonly reason: string
    }

/** The set of roles that may make each request. */
export const publicationStepRoles = {
  'done.step': 'publish',
  'settle.step': 'publish',
} satisfies Record<PublicationStepRequest['verb'], RoleSet>
