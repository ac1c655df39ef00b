import { isoInstant } from '@embargo/core'
import type { PromisedMeasure, PromisedMeasures } from './promised-measures.ts'
import { durationInWords, partOf } from './words.ts'

const HEAD = ['', 'promised', 'in time', 'half within', '9 of 10 within', 'longest', 'still waiting'] as const

/** The times as a table for a terminal. */
export function measuresTable({ from, to, cases, measures }: PromisedMeasures): string {
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

function rowOf(measure: PromisedMeasure): readonly string[] {
  const { said, promised, done, within, waiting, overdue, median, ninth, longest } = measure
  const took = (value: number | undefined) => (value === undefined ? '–' : durationInWords(value))
  const late = overdue === 0 ? '' : `, ${overdue} overdue`
  return [said, promised, partOf(within, done), took(median), took(ninth), took(longest), `${waiting}${late}`]
}

/** The measures as `--json` prints them, with durations in milliseconds and instants in ISO 8601. */
export const measuresFacts = ({ from, to, ...rest }: PromisedMeasures) => ({
  is: 'measures',
  from: isoInstant(from),
  to: isoInstant(to),
  ...rest,
})
