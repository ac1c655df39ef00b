import type { Report } from '../state.ts'

/** Whether two reports came from one mail address, and so from one person. An erased address matches none. */
export const isSameReporter = (one: Report, other: Report): boolean =>
  one.id === other.id || (addressOf(one) !== undefined && addressOf(one) === addressOf(other))

/** One report for each person, so that somebody who reported twice gets each mail once. */
export const oneOfEachReporter = (reports: readonly Report[]): readonly Report[] =>
  reports.filter((report, at) => !reports.slice(0, at).some((earlier) => isSameReporter(earlier, report)))

const addressOf = ({ identity }: Report): string | undefined => identity.value?.address.toLowerCase()
