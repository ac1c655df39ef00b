import { beginning } from '@embargo/bot-kit'
import { cut, safeText } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import type { APIEmbed } from 'discord.js'
import { EMBED_TITLE_MAX, QUOTE_SHOWN_MAX } from '../limits.ts'
import { escapeMarkdown, fenced } from '../text/hostile.ts'

/**
 * A long text from outside, between fences, within `room` characters. If the text is longer, its end is cut, and the
 * label says how much is missing.
 */
export function quoteEmbed(
  quote: NonNullable<Card['quote']>,
  room: number,
): { readonly embed: APIEmbed; readonly whole: boolean } | undefined {
  const text = safeText(quote.text).trim()
  if (text === '') return undefined
  let most = Math.min(QUOTE_SHOWN_MAX, text.length)
  for (;;) {
    const shown = beginning(text, most)
    const rest = text.length - shown.length
    const note = rest === 0 ? '' : ` · ${rest} more characters in the attached file`
    const title = cut(escapeMarkdown(`${quote.label}${note}`), EMBED_TITLE_MAX)
    const description = fenced(shown)
    if (title.length + description.length <= room || most === 0)
      return { embed: { title, ...(shown === '' ? {} : { description }) }, whole: rest === 0 }
    // Fences and links in the text are broken up, which makes the text longer. So it is shortened step by step until it
    // fits.
    most = Math.floor(most * 0.85)
  }
}
