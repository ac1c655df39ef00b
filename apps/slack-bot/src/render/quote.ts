import { beginning } from '@embargo/bot-kit'
import { cut } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import { QUOTE_MAX, SECTION_TEXT_MAX } from '../limits.ts'
import { harmless } from '../text/hostile.ts'
import type { KnownBlock } from './blocks.ts'
import { plain, sizeOf } from './blocks.ts'

/** The blocks that show the text. `whole` is false if the end of the text was cut. */
export type QuoteBlocks = { readonly blocks: readonly KnownBlock[]; readonly whole: boolean }

/**
 * A long text from outside, in sections that Slack collapses automatically ("Show more"). If the text needs more than
 * `room` characters of blocks, its end is cut, and the card says how much is missing.
 */
export function quoteBlocks(quote: NonNullable<Card['quote']>, room: number): QuoteBlocks {
  const text = harmless(quote.text).trim()
  if (text === '') return { blocks: [], whole: true }
  let most = Math.min(QUOTE_MAX, text.length)
  for (;;) {
    const blocks = quoteSections(quote.label, text, most)
    if (sizeOf(blocks) <= room || most === 0) return { blocks, whole: most >= text.length }
    // Escapes make the serialized text longer than the text itself, so the text is shortened step by step.
    most = Math.floor(most * 0.85)
  }
}

function quoteSections(label: string, text: string, most: number): KnownBlock[] {
  const shown = beginning(text, most)
  const rest = text.length - shown.length
  const note = rest === 0 ? '' : ` · ${rest} more characters are stored with the case`
  return [
    { type: 'context', elements: [plain(cut(`${label}${note}`, 300))] },
    ...sections(shown).map((part): KnownBlock => ({ type: 'section', text: plain(part), expand: false })),
  ]
}

function sections(text: string): string[] {
  const parts: string[] = []
  let rest = text
  while (rest !== '') {
    const part = beginning(rest, SECTION_TEXT_MAX)
    rest = rest.slice(part.length)
    // Slack refuses a section that has only white space.
    if (part.trim() !== '') parts.push(part)
  }
  return parts
}
