import type { CaseState } from '@embargo/core'
import type { Card, Span } from '@embargo/engine'
import { cut } from '../text/safe-text.ts'
import { buildCard, notificationOf, QUOTE_MOST } from './card.ts'
import { line } from './spans.ts'

/** One line: who did what. Talk between people is never interrupted by a wall of text. */
export function changeCard(request: {
  state: CaseState | undefined
  said: readonly (Span | string)[]
  quote?: { readonly label: string; readonly text: string } | undefined
}): Card {
  const { state, said, quote } = request
  return buildCard({
    kind: 'change',
    // The channel says which case it is; a title would make two lines of one.
    title: '',
    lines: [line(...said)],
    ...(quote === undefined ? {} : { quote: { label: quote.label, text: cut(quote.text, QUOTE_MOST) } }),
    notification: notificationOf(state),
  })
}
