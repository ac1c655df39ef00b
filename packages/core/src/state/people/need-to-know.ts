import type { CaseState } from '../state.ts'
import type { PersonId } from '../../shared/ids.ts'

/** Whether a person may see a case: only the people on it may. Being in its channel, or in the team, is not enough. */
export const maySee = (state: CaseState, person: PersonId | undefined): boolean =>
  person !== undefined && state.people[person] !== undefined && !reportedIt(state, person)

/** Whether the person sent one of the case's reports, even a report that has moved to another case. */
const reportedIt = (state: Pick<CaseState, 'reports' | 'moved'>, person: PersonId): boolean =>
  authorsOf(state).includes(person)

/** The team members who sent a report of the case. */
export const authorsOf = ({ reports, moved }: Pick<CaseState, 'reports' | 'moved'>): readonly PersonId[] =>
  [...reports, ...moved.map(({ report }) => report)].flatMap(({ person }) => (person === undefined ? [] : [person]))
