import type { CaseState } from '../state.ts'
import type { PersonId } from '../../shared/ids.ts'

/** Only the case's own people see anything of it; being in the channel, or in the team, is not enough. */
export const maySee = (state: CaseState, person: PersonId | undefined): boolean =>
  person !== undefined && state.people[person] !== undefined && !reportedIt(state, person)

/** Everyone who sent a report of it, even if the report has moved to another case. */
const reportedIt = (state: Pick<CaseState, 'reports' | 'moved'>, person: PersonId): boolean =>
  authorsOf(state).includes(person)

/** The people of the team who sent a report of it. */
export const authorsOf = ({ reports, moved }: Pick<CaseState, 'reports' | 'moved'>): readonly PersonId[] =>
  [...reports, ...moved.map(({ report }) => report)].flatMap(({ person }) => (person === undefined ? [] : [person]))
