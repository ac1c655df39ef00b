/** How far a mistyped verb may be from a known one. */
const FARTHEST = 3

/** The known word that a mistyped one most likely meant; nothing when none is near. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const begun = known.find((word) => typed.length >= 2 && word.startsWith(typed))
  if (begun !== undefined) return begun
  const [best] = known.map((word) => ({ word, far: distance(typed, word) })).toSorted((a, b) => a.far - b.far)
  return best !== undefined && best.far <= Math.min(FARTHEST, Math.ceil(best.word.length / 2)) ? best.word : undefined
}

/** Levenshtein. Long words are cut first: the table grows with both. */
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
