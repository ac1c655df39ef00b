import { isoInstant } from '@embargo/core'
import type { Measure, Measures } from '@embargo/core'
import { durationInWords, partOf } from './words.ts'

const HEAD = ['', 'in time', 'half within', '9 of 10 within', 'longest', 'still waiting'] as const

/** The times as a table for a terminal. */
export function measuresTable({ from, to, cases, measures }: Measures): string {
  const rows = [HEAD, ...measures.map(rowOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [`${cases} ${cases === 1 ? 'case' : 'cases'} came in from ${day(from)} to ${day(to - 1)}.`, '', ...lines].join(
    '\n',
  )
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

function rowOf({ said, done, within, waiting, overdue, median, ninth, longest }: Measure): readonly string[] {
  const took = (value: number | undefined) => (value === undefined ? '–' : durationInWords(value))
  const late = overdue === 0 ? '' : `, ${overdue} overdue`
  return [said, partOf(within, done), took(median), took(ninth), took(longest), `${waiting}${late}`]
}

/** The same for a script: durations in milliseconds, instants in ISO 8601. */
export const measuresFacts = ({ from, to, ...rest }: Measures) => ({
  is: 'measures',
  from: isoInstant(from),
  to: isoInstant(to),
  ...rest,
})
