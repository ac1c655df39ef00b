/** Names in a sentence: `A`, `A and B`, `A, B and C`. */
export const listAnd = (names: readonly string[]): string => joined(names, 'and')

/** Alternatives in a sentence: `A`, `A or B`, `A, B or C`. */
export const listOr = (names: readonly string[]): string => joined(names, 'or')

function joined(names: readonly string[], word: 'and' | 'or'): string {
  const last = names.at(-1)
  if (last === undefined) return ''
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`
}
