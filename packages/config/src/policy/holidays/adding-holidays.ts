import { Severity } from '@embargo/core'
import type { Calendar, Policy } from '@embargo/core'
import type { Problem } from '../../problems/problem.ts'
import type { FilesBeside } from '../files-beside.ts'
import { unreadable } from '../files-beside.ts'
import type { Path, PolicyText } from '../policy-text.ts'
import { readICalendar } from './icalendar.ts'

type Dates = { holidays?: readonly string[] | undefined; holidaysFrom?: readonly string[] | undefined }

/** The policy with the dates of every iCalendar file that it names, in the calendars of severities and projects too. */
export function addingHolidays(
  policy: Policy,
  files: FilesBeside,
  text: PolicyText,
): { readonly policy: Policy; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const withDates = <C extends Dates>(calendar: C, path: Path): C => {
    if (calendar.holidaysFrom === undefined) return calendar
    const dates = calendar.holidaysFrom.flatMap((named, index) => {
      const place = [...path, 'holidaysFrom', index]
      const file = files.read(named)
      if ('because' in file) {
        problems.push(unreadable(text.place(place), text.found(place), file.because))
        return []
      }
      const read = readICalendar(file.path, file.text)
      problems.push(...read.problems)
      return read.dates
    })
    return { ...calendar, holidays: [...new Set([...(calendar.holidays ?? []), ...dates])].toSorted() }
  }
  const calendar: Calendar = withDates(policy.calendar, ['calendar'])
  // What is named further in is added to its own days; where it has none, to those that hold otherwise.
  const further = <C extends Dates>(own: C, path: Path, otherwise: readonly string[]): C =>
    withDates(
      own.holidaysFrom === undefined || own.holidays !== undefined ? own : { ...own, holidays: [...otherwise] },
      path,
    )
  const ofSeverities = (
    all: Policy['severities'],
    base: Path,
    otherwise: (severity: Severity) => readonly string[],
  ): Policy['severities'] =>
    Severity.options.reduce((settled, severity) => {
      const own = all[severity]
      if (own?.calendar === undefined) return settled
      const path = [...base, 'severities', severity, 'calendar']
      return { ...settled, [severity]: { ...own, calendar: further(own.calendar, path, otherwise(severity)) } }
    }, all)
  const severities = ofSeverities(policy.severities, [], () => calendar.holidays)
  const projects = policy.projects.map((project, index) => {
    if (project.policy === undefined) return project
    const base = ['projects', index, 'policy']
    const ofAll = project.policy.calendar
    const own = ofAll === undefined ? undefined : further(ofAll, [...base, 'calendar'], calendar.holidays)
    const each = project.policy.severities
    return {
      ...project,
      policy: {
        ...project.policy,
        ...(own === undefined ? {} : { calendar: own }),
        ...(each === undefined
          ? {}
          : {
              severities: ofSeverities(
                each,
                base,
                (severity) => own?.holidays ?? severities[severity]?.calendar?.holidays ?? calendar.holidays,
              ),
            }),
      },
    }
  })
  return { policy: { ...policy, calendar, severities, projects }, problems }
}
