import type { Action, Line, Span } from '@embargo/engine'
import { plainLine } from '../render/plain.ts'
import { wrap } from '../render/wrap.ts'
import { cut } from '../text/safe-text.ts'

/**
 * How many lines of a pinned card a phone shows without scrolling. The headline and the buttons take two of these
 * lines.
 */
export const PHONE_LINES = 8
export const PHONE_COLUMNS = 44

/**
 * A line as a phone shows it, without `UTC`: a platform draws times in the reader's zone and does not name the zone.
 */
export const phoneLine = (line: Line): string => plainLine(line).replaceAll(' UTC', '')

/** Buttons side by side: `[Submit patch] [More]`. */
export const buttonRow = (actions: readonly Pick<Action, 'label'>[]): string =>
  actions.map(({ label }) => `[${label}]`).join(' ')

/** How many rows a line takes. The default width is that of a phone. */
export const rowsOf = (line: Line, columns = PHONE_COLUMNS): number => wrap(phoneLine(line), columns).length

/**
 * Shortens the line to this many rows. A text that is cut ends in `…`. If a time does not fit, its `in 15 days` is left
 * out.
 */
export function within(rows: number, line: Line, columns = PHONE_COLUMNS): Line {
  let short = line
  for (let most = rows * columns; rowsOf(short, columns) > rows && most > 0; most -= 1) short = shortened(line, most)
  return short
}

function shortened(line: Line, most: number): Line {
  const kept: Span[] = []
  let room = most
  for (const span of line) {
    const short = phoneLine([span]).length <= room ? span : shorter(span, room)
    if (short === undefined) return kept
    kept.push(short)
    if (short !== span && span.at === undefined) return kept
    room -= phoneLine([short]).length
  }
  return kept
}

function shorter(span: Span, room: number): Span | undefined {
  if (span.at === undefined) return room > 1 ? { ...span, text: cut(span.text, room) } : undefined
  const bare = { ...span, at: { instant: span.at.instant } }
  return phoneLine([bare]).length <= room ? bare : undefined
}
