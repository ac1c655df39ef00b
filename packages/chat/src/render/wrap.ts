/** The usual width of terminals and mail readers. */
export const TERMINAL_COLUMNS = 80

/** Breaks lines at spaces, and within a word only if the word is longer than a line. Indents are kept. */
export function wrap(text: string, columns: number): readonly string[] {
  const width = Math.max(columns, 10)
  const lines: string[] = []
  let rest = text
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width)
    const at = space > 0 && rest.slice(0, space).trim() !== '' ? space : width
    lines.push(rest.slice(0, at))
    rest = rest.slice(at).replace(/^ /, '')
  }
  lines.push(rest)
  return lines
}
