import { DAY, HOUR, MINUTE } from '@embargo/core'

/** A duration in words, such as `5 h` or `3 days`. One unit is enough to compare. */
export function durationInWords(milliseconds: number): string {
  if (milliseconds < HOUR) return `${Math.round(milliseconds / MINUTE)} min`
  if (milliseconds < 2 * DAY) return `${Math.round(milliseconds / HOUR)} h`
  return `${Math.round(milliseconds / DAY)} days`
}

/** `46 of 48 (96 %)` */
export const partOf = (part: number, whole: number): string =>
  whole === 0 ? 'none yet' : `${part} of ${whole} (${Math.round((part / whole) * 100)} %)`
