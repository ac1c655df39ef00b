import { instant } from '@embargo/core'
import type { Instant } from '@embargo/core'
import type { Span } from '@embargo/engine'
import { fromNow, fullTime, shortTime } from './dates.ts'

/**
 * A time as text in UTC, such as `Tue 2 Jun 2026, 14:00 UTC`, and as an instant, so that a chat platform can show it in
 * the reader's own zone. With `now`, the span also says how far away the time is.
 */
export const time = (at: Instant, now?: Instant): Span => ({
  text: fullTime(at),
  at: { instant: at, ...(now === undefined ? {} : { distance: fromNow(at, now) }) },
})

/** Like `time`, but without the year, for places where the year is obvious. */
export const timeThisYear = (at: Instant): Span => ({ text: shortTime(at), at: { instant: at } })

const ISO = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z/g

/** Like `timeThisYear`, but also says how far away the time is, and adds the year if it is not the current year. */
export const timeNow = (at: Instant, now: Instant): Span => ({
  text: new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear() ? shortTime(at) : fullTime(at),
  at: { instant: at, distance: fromNow(at, now) },
})

/** A time that is shown only as its distance from now: `2 days ago`. */
export const distanceOf = (at: Instant, now: Instant): Span => ({
  text: shortTime(at),
  at: { instant: at, distance: fromNow(at, now), alone: true },
})

/**
 * Splits a sentence into spans. Each ISO instant in the sentence becomes a `time`, and `rest` makes the spans of the
 * other text.
 */
export function withTimes(sentence: string, rest: (text: string) => Span): readonly Span[] {
  const spans: Span[] = []
  let from = 0
  for (const found of sentence.matchAll(ISO)) {
    const read = Date.parse(found[0])
    // `2026-99-99T00:00:00Z` has the shape of an instant, but is invalid.
    if (Number.isNaN(read)) continue
    spans.push(...spaced(sentence.slice(from, found.index), rest), time(instant(read)))
    from = found.index + found[0].length
  }
  return [...spans, ...spaced(sentence.slice(from), rest)]
}

/** Like `withTimes`, but returns text. */
export const timesInWords = (sentence: string): string =>
  withTimes(sentence, (text) => ({ text }))
    .map(timeInWords)
    .join('')

/** Renderers trim text from outside, so the spaces around a time are added as our own text. */
function spaced(text: string, rest: (text: string) => Span): readonly Span[] {
  const inner = text.trim()
  const space = { text: ' ' }
  if (inner === '') return text === '' ? [] : [space]
  return [...(/^\s/.test(text) ? [space] : []), rest(inner), ...(/\s$/.test(text) ? [space] : [])]
}

/** `Tue 2 Jun 2026, 14:00 UTC (in 6 days)`, or the distance alone. */
export function timeInWords({ text, at }: Span): string {
  if (at?.distance === undefined) return text
  return at.alone === true ? at.distance : `${text} (${at.distance})`
}
