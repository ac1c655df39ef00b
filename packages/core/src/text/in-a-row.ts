/** Names in a row, as a sentence has them: `A`, `A and B`, `A, B and C`. */
export function inARow(names: readonly string[]): string {
  const last = names.at(-1)
  if (last === undefined) return ''
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}
