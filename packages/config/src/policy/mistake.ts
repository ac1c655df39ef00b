/** A mistake in the YAML itself, with the place in the text where it begins. */
export type Mistake = {
  readonly offset: number
  readonly found: string
  readonly because: string
  readonly instead: string
}

/** The longest text that a problem repeats. A longer text is cut. */
const LONGEST_FOUND = 80

/** A piece of the policy in one line, as a problem repeats it. */
export function inOneLine(written: string): string {
  const line = written.replaceAll(/\s+/g, ' ').trim()
  return line.length > LONGEST_FOUND ? `${line.slice(0, LONGEST_FOUND)}…` : line
}
