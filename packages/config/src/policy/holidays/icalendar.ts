import type { Problem } from '../../problems/problem.ts'
import { datesOfRule } from './yearly-rule.ts'

/** A year of holidays is a few kilobytes. Larger is the wrong file. */
export const LARGEST_CALENDAR = 2_000_000
/** RFC 5545, 3.1 folds lines at 75 octets; a logical line of a holiday is short. */
const LONGEST_LINE = 10_000
/** A holiday that lasts longer is none. */
const MOST_DAYS_OF_ONE = 60

export type ICalendarReading = { readonly dates: readonly string[]; readonly problems: readonly Problem[] }

type Line = { readonly name: string; readonly isDate: boolean; readonly value: string; readonly line: number }

/**
 * The whole-day events of an iCalendar file (RFC 5545), as dates. Strict: what it does not understand is a problem and not
 * a day that is forgotten. Other components (time zones, alarms) are passed over.
 */
export function readICalendar(path: string, text: string): ICalendarReading {
  const problem = (line: number, because: string, instead: string, found?: string): Problem => ({
    at: { is: 'file', path, line, column: 1 },
    ...(found === undefined ? {} : { found: found.slice(0, 80) }),
    because,
    instead,
  })
  if (text.length > LARGEST_CALENDAR) {
    const because = `A calendar of holidays has at most ${LARGEST_CALENDAR} characters.`
    return { dates: [], problems: [problem(1, because, 'Name the right file.')] }
  }
  const lines = linesOf(text)
  if (lines[0]?.name !== 'BEGIN' || lines[0].value !== 'VCALENDAR') {
    const because = 'This is no iCalendar file: it does not begin with BEGIN:VCALENDAR.'
    return { dates: [], problems: [problem(1, because, 'Name an .ics file with whole-day events.')] }
  }
  const dates: string[] = []
  const problems: Problem[] = []
  for (const event of eventsOf(lines)) {
    const read = datesOfEvent(event)
    if ('because' in read) problems.push(problem(read.line, read.because, read.instead, read.found))
    else dates.push(...read.dates)
  }
  return { dates, problems }
}

type Wrong = { readonly line: number; readonly because: string; readonly instead: string; readonly found?: string }

function datesOfEvent(event: readonly Line[]): { readonly dates: readonly string[] } | Wrong {
  const all = (name: string) => event.filter((line) => line.name === name)
  const [start] = all('DTSTART')
  const first = event[0]?.line ?? 1
  if (all('STATUS')[0]?.value === 'CANCELLED') return { dates: [] }
  const [moved] = all('RECURRENCE-ID')
  if (moved !== undefined) return ofAnother(moved)
  if (start === undefined) return { line: first, because: 'This event has no start.', instead: 'Give it a DTSTART.' }
  const from = dayOf(start)
  if (from === undefined) return notADay(start)
  const length = lengthOf(event, from)
  if (typeof length !== 'number') return length
  if (length > MOST_DAYS_OF_ONE)
    return {
      line: start.line,
      because: `This event lasts ${length} days.`,
      instead: `A holiday lasts at most ${MOST_DAYS_OF_ONE}; write it as several.`,
    }
  const [rule, another] = [...all('RRULE'), ...all('EXRULE')]
  const starts = rule === undefined ? [from] : rule.name === 'RRULE' ? datesOfRule(rule.value, from) : undefined
  if (another !== undefined) return notUnderstood(another)
  if (starts === undefined) return notUnderstood(rule ?? start)
  const others = daysIn(all('RDATE'))
  if ('line' in others) return others
  const left = daysIn(all('EXDATE'))
  if ('line' in left) return left
  const days = [...starts, ...others].filter((day) => !left.includes(day))
  return { dates: days.flatMap((day) => Array.from({ length }, (_, n) => dateOf(day + n))) }
}

/** How many days it lasts: to its end, for its duration, or the one. */
function lengthOf(event: readonly Line[], from: number): number | Wrong {
  const end = event.find(({ name }) => name === 'DTEND')
  const lasts = event.find(({ name }) => name === 'DURATION')
  if (end !== undefined && lasts !== undefined)
    return {
      line: lasts.line,
      found: lasts.value,
      because: 'This event has an end already.',
      instead: 'Give it a DTEND or a DURATION, not both.',
    }
  if (lasts !== undefined) return daysOf(lasts.value) ?? notADay(lasts)
  if (end === undefined) return 1
  const until = dayOf(end)
  return until === undefined || until <= from ? notADay(end) : until - from
}

/** Whole days of `P3D` or `P1W` (RFC 5545, 3.3.6). */
function daysOf(duration: string): number | undefined {
  const [, amount = '', unit] = /^\+?P(\d{1,4})([DW])$/.exec(duration) ?? []
  const days = Number(amount) * (unit === 'W' ? 7 : 1)
  return days > 0 ? days : undefined
}

/** All dates of these lines, which may have several each. */
function daysIn(lines: readonly Line[]): readonly number[] | Wrong {
  const found: number[] = []
  for (const one of lines)
    for (const value of one.value.split(',')) {
      const day = dayOf({ ...one, value })
      if (day === undefined) return notADay(one)
      found.push(day)
    }
  return found
}

const ofAnother = ({ line, value }: Line): Wrong => ({
  line,
  found: value,
  because: 'This moves one day of another event, and would be read beside it.',
  instead: 'Leave that day out of the other with EXDATE, and write this one as an event of its own.',
})

const notUnderstood = ({ line, value }: Line): Wrong => ({
  line,
  found: value,
  because: 'This repetition is not understood.',
  instead:
    'Use FREQ=YEARLY alone or with BYMONTH and BYMONTHDAY or one BYDAY, and COUNT or UNTIL; or write the dates out with RDATE.',
})

function notADay({ line, value }: Line): Wrong {
  return {
    line,
    found: value,
    because: 'A holiday is a whole day, and this is none.',
    instead: 'Write VALUE=DATE and eight digits: DTSTART;VALUE=DATE:20261225. DTEND is the day after.',
  }
}

const DAY = 86_400_000
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

/** Days since 1970 of `20261225`; nothing for a time of day or a date that no calendar has. */
function dayOf({ value, isDate }: Line): number | undefined {
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(value)
  if (found === null || !isDate) return undefined
  const day = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) / DAY
  return dateOf(day).replaceAll('-', '') === value ? day : undefined
}

/** The lines of each VEVENT, without those of what it contains. */
function eventsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const events: Line[][] = []
  const open: string[] = []
  for (const line of lines) {
    if (line.name === 'BEGIN') {
      open.push(line.value.toUpperCase())
      if (open.at(-1) === 'VEVENT') events.push([line])
    } else if (line.name === 'END') open.pop()
    else if (open.at(-1) === 'VEVENT') events.at(-1)?.push(line)
  }
  return events
}

/** RFC 5545, 3.1: a line goes on in the next one when that begins with a space or a tab. */
function linesOf(text: string): readonly Line[] {
  const found: { text: string; line: number }[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const last = found.at(-1)
    if (/^[ \t]/.test(raw) && last !== undefined) last.text = (last.text + raw.slice(1)).slice(0, LONGEST_LINE)
    else if (raw !== '') found.push({ text: raw.slice(0, LONGEST_LINE), line: index + 1 })
  }
  return found.map(({ text: whole, line }) => {
    const colon = whole.indexOf(':')
    const head = (colon < 0 ? whole : whole.slice(0, colon)).toUpperCase().split(';')
    const isDate = head.includes('VALUE=DATE')
    return { name: (head[0] ?? '').trim(), isDate, value: colon < 0 ? '' : whole.slice(colon + 1).trim(), line }
  })
}
