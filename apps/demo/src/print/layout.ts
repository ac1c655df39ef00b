/** The width of a default terminal. */
const WIDTH = 80

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `Tuesday 2 June 2026, 09:12 UTC` */
export function moment(iso: string): string {
  const at = new Date(iso)
  return `${DAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}, ${iso.slice(11, 16)} UTC`
}

export const rule = (character: string): string => character.repeat(WIDTH)

export const centred = (text: string): string =>
  `${' '.repeat(Math.max(0, Math.floor((WIDTH - text.length) / 2)))}${text}`

export const indented = (text: string, by: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((each) => `${by}${each}`.trimEnd())
    .join('\n')
