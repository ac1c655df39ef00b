import type { Decision } from '../../vocabulary/decision.ts'
import type { PersonVerb } from '../../vocabulary/command.ts'
import type { ReportId } from '../../shared/ids.ts'
import type { Report } from '../../state/state.ts'
import { senseless, you } from '../decisions.ts'

type ReportQuery = {
  readonly named: ReportId | undefined
  readonly verb: PersonVerb
  /** The refusal if the case has no report. */
  readonly none: string
}

/** The report that a command names or, if it names none, the case's only report. Otherwise a refusal. */
export function resolveReport(reports: readonly Report[], { named, verb, none }: ReportQuery): Report | Decision {
  const [only] = reports
  if (only === undefined) return senseless(none, you('look at who reported it', 'status'))
  const known = reports.map(({ id }) => id).join(', ')
  if (named === undefined)
    return reports.length === 1
      ? only
      : senseless('The case has several reports, so name one of them.', you(`name one of ${known}`, verb))
  const match = reports.find(({ id }) => id === named)
  return (
    match ?? senseless(`${named} is not one of the reports that you can name here.`, you(`name one of ${known}`, verb))
  )
}

export const isUnresolved = (result: Report | Decision): result is Decision => 'ok' in result
