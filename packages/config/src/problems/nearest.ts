/** The largest edit distance of a suggestion. A name that differs more would confuse more than it helps. */
const FARTHEST_SUGGESTION = 3

/**
 * The longest text that is compared letter by letter. A longer key is no typing error, and comparing it would take too
 * long.
 */
const LONGEST_COMPARED = 64

/**
 * The maximum number of names with which a misspelt name is compared. This limits the time for a file with many
 * mistakes. Even the longest list, the time zones, has fewer names.
 */
const MAX_COMPARED = 700

/** The maximum number of names that a problem lists. A longer list helps nobody. */
const MAX_LISTED = 40

/** The known names, as a problem lists them. */
export function listed(known: readonly string[]): string {
  const more = known.length - MAX_LISTED
  return [...known.slice(0, MAX_LISTED), ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}

/** The known word that was probably meant, if any. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > LONGEST_COMPARED) return undefined
  const ranked = first(known)
    .filter((candidate) => Math.abs(candidate.length - word.length) <= FARTHEST_SUGGESTION)
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter((one) => one.distance <= Math.min(FARTHEST_SUGGESTION, Math.ceil(one.candidate.length / 2)))
    .toSorted((a, b) => a.distance - b.distance)
  return ranked[0]?.candidate
}

function first(known: Iterable<string>): readonly string[] {
  const some: string[] = []
  for (const one of known) {
    if (some.length === MAX_COMPARED) break
    some.push(one)
  }
  return some
}

/** Levenshtein's edit distance, one row at a time. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...to].entries()) {
      const substituted = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
