import { labelled } from '@embargo/core'
import type { Block } from '@embargo/core'

/** A label with its values, each on its own line. A fact without a value is left out. */
export type Fact = { readonly label: string; readonly lines: readonly string[] }

/** Formats facts as lines, with all labels padded to the same width. */
export function factLines(facts: readonly Fact[]): Block {
  const known = facts.filter(({ lines }) => lines.length > 0)
  const width = Math.max(...known.map(({ label }) => label.length)) + 2
  return { verbatim: known.map(({ label, lines }) => labelled(label.padEnd(width), lines)).join('\n') }
}
