import type { Measure } from '@embargo/core'
import type { PromisedMeasure, PromisedMeasures } from './promised.ts'
import { durationInWords, partOf } from './words.ts'

const WIDTH = 960
const MARGIN = 40
const HEAD = 92
const PANEL = 132
/** The part of a panel that its columns may fill. */
const COLUMNS = 64
const LABELS = 340
/** A month in small print, with room to the next: where columns are narrower, not each has its month below it. */
const MONTH_LABEL = 42
/** A month stands below each column, or below each so many. */
const EACH = [1, 2, 3, 6, 12] as const
/** A digit in small print: where columns are narrower than their number, none is written above them. */
const DIGIT = 7

/** The times as a picture: for each promise the cases of each month, those in time and those late. Self-contained SVG. */
export function measuresChart({ from, to, cases, measures }: PromisedMeasures): string {
  const height = HEAD + measures.length * PANEL + 24
  const most = Math.max(1, ...measures.flatMap(({ months }) => months.map(({ within, late }) => within + late)))
  const title = `How reports were handled, ${day(from)} to ${day(to - 1)}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${title}</title>`,
    `<desc id="d">${measures.map(({ said, promised, within, done }) => `${said}, within ${promised}: ${partOf(within, done)} in time`).join('; ')}.</desc>`,
    STYLE,
    `<rect class="ground" width="${WIDTH}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="44">${title}</text>`,
    `<text class="faint" x="${MARGIN}" y="68">${cases} ${cases === 1 ? 'case' : 'cases'}, by the month in which they came in</text>`,
    legend(),
    ...measures.map((measure, index) => panel(measure, { top: HEAD + index * PANEL, most })),
    '</svg>',
    '',
  ].join('\n')
}

const STYLE = `<style>
  text { font: 14px system-ui, sans-serif; fill: #1d2733 }
  .title { font-size: 20px; font-weight: 600 }
  .name { font-size: 16px; font-weight: 600 }
  .faint, .promise { fill: #5a6775 }
  .promise { font-size: 14px; font-weight: 400 }
  .month, .count { font-size: 11px; fill: #5a6775; text-anchor: middle }
  .ground { fill: #ffffff }
  .line { stroke: #d5dbe1 }
  .within { fill: #2f7d5b }
  .late { fill: #d98032 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e8edf2 }
    .faint, .promise, .month, .count { fill: #9aa7b4 }
    .ground { fill: #151b22 }
    .line { stroke: #34404c }
    .within { fill: #4fae84 }
    .late { fill: #e59a55 }
  }
</style>`

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

const legend = (): string =>
  [
    `<rect class="within" x="${WIDTH - 200}" y="32" width="12" height="12"/>`,
    `<text class="faint" x="${WIDTH - 182}" y="43">in time</text>`,
    `<rect class="late" x="${WIDTH - 110}" y="32" width="12" height="12"/>`,
    `<text class="faint" x="${WIDTH - 92}" y="43">late</text>`,
  ].join('\n')

function panel(measure: PromisedMeasure, { top, most }: { readonly top: number; readonly most: number }): string {
  const { said, promised, within, done, median, ninth, waiting, overdue, months } = measure
  const left = MARGIN + LABELS
  const step = (WIDTH - MARGIN - left) / Math.max(1, months.length)
  const base = top + 20 + COLUMNS
  const every = EACH.find((months) => months * step >= MONTH_LABEL) ?? 12
  const took =
    median === undefined || ninth === undefined
      ? 'none finished yet'
      : `half within ${durationInWords(median)}, 9 of 10 within ${durationInWords(ninth)}`
  const late = overdue === 0 ? '' : `, ${overdue} overdue`
  return [
    `<line class="line" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${top}" y2="${top}"/>`,
    `<text class="name" x="${MARGIN}" y="${top + 30}">${said.charAt(0).toUpperCase()}${said.slice(1)} <tspan class="promise">within ${promised}</tspan></text>`,
    `<text x="${MARGIN}" y="${top + 54}">${partOf(within, done)} in time</text>`,
    `<text class="faint" x="${MARGIN}" y="${top + 76}">${took}</text>`,
    ...(waiting === 0
      ? []
      : [`<text class="faint" x="${MARGIN}" y="${top + 98}">${waiting} still waiting${late}</text>`]),
    ...months.map((month, index) => column(month, { x: left + index * step, step, base, most })),
    ...months.flatMap(({ month }, index) =>
      index % every === 0
        ? [`<text class="month" x="${round(left + (index + 0.5) * step)}" y="${base + 16}">${month.slice(2)}</text>`]
        : [],
    ),
  ].join('\n')
}

function column(
  { within, late }: Measure['months'][number],
  place: { readonly x: number; readonly step: number; readonly base: number; readonly most: number },
): string {
  const { x, step, base, most } = place
  const width = Math.min(40, step * 0.6)
  const at = round(x + (step - width) / 2)
  const tall = (count: number) => round((count / most) * COLUMNS)
  const middle = round(x + step / 2)
  return [
    `<rect class="within" x="${at}" y="${round(base - tall(within))}" width="${round(width)}" height="${tall(within)}"/>`,
    `<rect class="late" x="${at}" y="${round(base - tall(within) - tall(late))}" width="${round(width)}" height="${tall(late)}"/>`,
    ...(within + late === 0 || step < DIGIT * (String(most).length + 0.5)
      ? []
      : [
          `<text class="count" x="${middle}" y="${round(base - tall(within) - tall(late) - 4)}">${within + late}</text>`,
        ]),
  ].join('\n')
}

const round = (value: number): number => Math.round(value * 10) / 10
