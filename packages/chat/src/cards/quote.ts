import type { Card } from '@embargo/engine'
import { cut } from '../text/safe-text.ts'

/** The longest text from outside that a card carries: more floods a channel (a mail of 10 MB is a few lines of it). */
const QUOTE_MOST = 12_000

/** Long text, cut where it would flood, which the label then says. */
export function quoteOf(label: string, text: string): { readonly quote: NonNullable<Card['quote']> } {
  const left = text.length - QUOTE_MOST
  return {
    quote:
      left <= 0
        ? { label, text }
        : { label: `${label}, without its last ${left} characters`, text: cut(text, QUOTE_MOST) },
  }
}
