const DAY = 86_400_000
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

/** A rule without an end goes on for ever; no deadline reaches beyond this year. */
const LAST_YEAR = 2060

/**
 * The days (since 1970) of a yearly recurrence (RFC 5545, 3.3.10) that begins on `from`: on the same date, on a date that
 * BYMONTH and BYMONTHDAY name, or on the n-th weekday of a month. Nothing for any other rule.
 */
export function datesOfRule(rule: string, from: number): readonly number[] | undefined {
  const parts = new Map(
    rule.split(';').map((part): [string, string] => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']),
  )
  const known = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYMONTH', 'BYMONTHDAY', 'BYDAY', 'WKST']
  if (parts.get('FREQ') !== 'YEARLY' || [...parts.keys()].some((key) => !known.includes(key))) return undefined
  // Without a month they are counted in the whole year, and name a date of every month.
  if (!parts.has('BYMONTH') && (parts.has('BYDAY') || parts.has('BYMONTHDAY'))) return undefined
  const start = new Date(from * DAY)
  const interval = numberOf(parts.get('INTERVAL'), 1)
  const count = numberOf(parts.get('COUNT'), Number.MAX_SAFE_INTEGER)
  const until = untilOf(parts.get('UNTIL'))
  const month = numberOf(parts.get('BYMONTH'), start.getUTCMonth() + 1)
  const dayOfYear = dayIn({ month, monthDay: parts.get('BYMONTHDAY'), weekday: parts.get('BYDAY'), start })
  if (interval === undefined || count === undefined || until === undefined || dayOfYear === undefined) return undefined
  const days: number[] = []
  for (let year = start.getUTCFullYear(); year <= LAST_YEAR && days.length < count; year += interval) {
    const day = dayOfYear(year)
    if (day !== undefined && day > until) break
    if (day !== undefined && day >= from) days.push(day)
  }
  return days
}

type Given = {
  readonly month: number | undefined
  readonly monthDay: string | undefined
  readonly weekday: string | undefined
  readonly start: Date
}

function dayIn({ month, monthDay, weekday, start }: Given): ((year: number) => number | undefined) | undefined {
  if (month === undefined || month > 12) return undefined
  if (weekday === undefined) {
    const day = numberOf(monthDay, start.getUTCDate())
    return day === undefined || day > 31 ? undefined : (year) => dateIn(year, month, day)
  }
  const found = /^([+-]?[1-5])(SU|MO|TU|WE|TH|FR|SA)$/.exec(weekday)
  if (found === null || monthDay !== undefined) return undefined
  const wanted = WEEKDAYS.indexOf(found[2] ?? '')
  const nth = Number(found[1])
  return (year) => nthWeekday(year, { month, wanted, nth })
}

/** 29 February is left out where there is none. */
function dateIn(year: number, month: number, day: number): number | undefined {
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 ? at.getTime() / DAY : undefined
}

function nthWeekday(year: number, of: { month: number; wanted: number; nth: number }): number | undefined {
  const days = Array.from({ length: 31 }, (_, index) => dateIn(year, of.month, index + 1)).filter(
    (day) => day !== undefined && new Date(day * DAY).getUTCDay() === of.wanted,
  )
  return days.at(of.nth > 0 ? of.nth - 1 : of.nth)
}

const numberOf = (text: string | undefined, otherwise: number): number | undefined =>
  text === undefined ? otherwise : /^\d{1,4}$/.test(text) && Number(text) > 0 ? Number(text) : undefined

function untilOf(text: string | undefined): number | undefined {
  if (text === undefined) return Number.MAX_SAFE_INTEGER
  const found = /^(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?$/.exec(text)
  return found === null ? undefined : Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) / DAY
}
