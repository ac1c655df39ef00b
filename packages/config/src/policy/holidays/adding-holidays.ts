import type { Calendar, Policy } from '@embargo/core'
import type { Problem } from '../../problems/problem.ts'
import type { FilesBeside } from '../files-beside.ts'
import { unreadable } from '../files-beside.ts'
import type { Path, PolicyText } from '../policy-text.ts'
import { readICalendar } from './icalendar.ts'

/** The policy with the dates of every iCalendar file that it names, in the project's calendars too. */
export function addingHolidays(
  policy: Policy,
  files: FilesBeside,
  text: PolicyText,
): { readonly policy: Policy; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const withDates = <
    C extends { holidays?: readonly string[] | undefined; holidaysFrom?: readonly string[] | undefined },
  >(
    calendar: C,
    path: Path,
  ): C => {
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
  const projects = policy.projects.map((project, index) => {
    const own = project.policy?.calendar
    if (own === undefined) return project
    const path = ['projects', index, 'policy', 'calendar']
    // What a project names is added to its own days; where it has none, to those of all.
    const below =
      own.holidaysFrom === undefined || own.holidays !== undefined ? own : { ...own, holidays: calendar.holidays }
    return { ...project, policy: { ...project.policy, calendar: withDates(below, path) } }
  })
  return { policy: { ...policy, calendar, projects }, problems }
}
