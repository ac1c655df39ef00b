import type { Line } from '../line.ts'

/** One line of the play as one line of JSON. */
export const asJson = (line: Line): string => JSON.stringify(line)
