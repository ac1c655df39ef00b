/**
 * The most characters of a text that are shown on one card in a chat. A longer text is shown in parts, and nothing is
 * left out.
 */
export const PART_MAX = 6000

/** Which part of a text to show, counted from 1. `whole`: show all of the text, for example in a terminal. */
export type Part = { readonly part: number; readonly whole: boolean }

/** The requested part, or the nearest that exists. */
export function partOf(text: string, { part, whole }: Part): { readonly text: string; at: number; of: number } {
  const parts = partsOf(text, whole ? Number.POSITIVE_INFINITY : PART_MAX)
  const at = Math.min(Math.max(part, 1), parts.length)
  return { text: parts[at - 1] ?? '', at, of: parts.length }
}

/** `Your mail, part 2 of 4` */
export const partLabel = (label: string, { at, of }: { readonly at: number; readonly of: number }): string =>
  of === 1 ? label : `${label}, part ${at} of ${of}`

/** Text in parts of at most `most` characters, broken between lines if possible. Nothing is lost. */
export function partsOf(text: string, most: number): readonly string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > most) {
    const lineEnd = rest.lastIndexOf('\n', most - 1)
    const at = lineEnd > 0 ? lineEnd + 1 : splitAt(rest, most)
    parts.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...parts, rest]
}

/** Never splits a surrogate pair. */
const splitAt = (text: string, at: number): number => (/[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at)
