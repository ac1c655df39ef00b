/** The largest edit distance between a mistyped verb and a known verb. */
const FARTHEST = 3

/** The known word that a mistyped word most likely stands for; undefined if no known word is near. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const begun = known.find((word) => typed.length >= 2 && word.startsWith(typed))
  if (begun !== undefined) return begun
  const [best] = known.map((word) => ({ word, far: distance(typed, word) })).toSorted((a, b) => a.far - b.far)
  return best !== undefined && best.far <= Math.min(FARTHEST, Math.ceil(best.word.length / 2)) ? best.word : undefined
}

/** Shorter words are one letter away from too many others: “now” is not a mistyped “low”. */
const LEAST_FOR_ANY_TYPO = 4
const LEAST_FOR_SWAPPED = 3

/**
 * The known word that differs from a typed word by one slip: a letter is missing, added or wrong, or two letters are
 * swapped.
 */
export function oneTypoFrom(typed: string, known: readonly string[]): string | undefined {
  return known.find(
    (word) =>
      (word.length >= LEAST_FOR_SWAPPED && isSwapped(typed, word)) ||
      (word.length >= LEAST_FOR_ANY_TYPO && distance(typed, word) === 1),
  )
}

function isSwapped(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b.charAt(index))
  if (at < 0 || a.length !== b.length) return false
  return `${a.slice(0, at)}${a.charAt(at + 1)}${a.charAt(at)}${a.slice(at + 2)}` === b
}

/**
 * Levenshtein distance. The typed word `a` may be very long, and the time grows with its length, so `a` is cut first.
 */
function distance(a: string, b: string): number {
  const from = a.slice(0, 40)
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (from.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
