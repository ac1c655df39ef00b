import { COLUMNS, oneLine, wrap } from '@embargo/core'
import type { Block } from '@embargo/core'

/** A label with its values, each on its own line. A fact without a value is left out. */
export type Fact = { readonly label: string; readonly lines: readonly string[] }

/** Facts as lines with their labels in a column. Values that are too wide for the space beside the label are below it. */
export function factLines(facts: readonly Fact[]): Block {
  const known = facts.filter(({ lines }) => lines.length > 0)
  const width = Math.max(...known.map(({ label }) => label.length)) + 2
  return { verbatim: known.map((fact) => linesOf(fact, width)).join('\n') }
}

function linesOf({ label, lines }: Fact, width: number): string {
  const isWide = lines.some((line) => longestWord(line) > COLUMNS - width)
  const rest = ' '.repeat(isWide ? 2 : width)
  const first = isWide ? rest : label.padEnd(width)
  const values = lines.map((line, at) => wrap(line, { first: at === 0 ? first : rest, rest }))
  return [...(isWide ? [label] : []), ...values].join('\n')
}

const longestWord = (line: string): number =>
  Math.max(
    ...oneLine(line)
      .split(' ')
      .map((word) => [...word].length),
  )
