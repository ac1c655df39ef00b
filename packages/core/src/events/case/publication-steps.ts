import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'
import type { StepId } from '../step-id.ts'

/** A person's word about one step of the publication, by its name. The events are those of the release. */
export type PublicationStepRequest =
  /** Done by hand. What the step does for this case is done; with mails, for all who have not got theirs. */
  | { readonly verb: 'done.step'; readonly case: CaseId; readonly step: StepId; readonly link: string }
  /** `again`: what failed or is in doubt is tried again. `withdrawn`: the step is left out. */
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
