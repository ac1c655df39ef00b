import type { CaseState } from '../case/state.ts'
import type { PersonId } from '../shared/ids.ts'

/** Only the case's own people see anything of it; being in the channel, or in the team, is not enough. */
export const maySee = (state: CaseState, person: PersonId | undefined): boolean =>
  person !== undefined && state.people[person] !== undefined && !reportedIt(state, person)

/** Whoever sent a report of it, wherever that report is now. */
export const reportedIt = ({ reports, moved }: Pick<CaseState, 'reports' | 'moved'>, person: PersonId): boolean =>
  [...reports, ...moved.map(({ report }) => report)].some((report) => report.person === person)
