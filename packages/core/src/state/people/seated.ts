import type { CaseState } from '../state.ts'
import type { PersonId } from '../../shared/ids.ts'

/** Whether somebody is invited to the case and has not answered: they may answer, and nothing else. */
export const isInvited = ({ invited }: Pick<CaseState, 'invited'>, person: PersonId | undefined): boolean =>
  person !== undefined && invited?.[person] !== undefined
