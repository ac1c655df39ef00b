/** Text in parts of at most `most` characters, broken between lines where a line ends in time. Nothing is lost. */
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

/** Never between the two halves of one character. */
const splitAt = (text: string, at: number): number => (/[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at)
