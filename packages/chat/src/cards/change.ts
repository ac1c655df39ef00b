import type { CaseState, PersonId } from '@embargo/core'
import type { Action, Card, Span } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line } from './spans.ts'

/** One line that says who did what. A longer card would interrupt people's conversation. */
export function changeCard(request: {
  state: CaseState | undefined
  said: readonly (Span | string)[]
  quote?: Card['quote'] | undefined
  actions?: readonly Action[]
  mentions?: readonly PersonId[]
}): Card {
  const { state, said, quote, actions, mentions } = request
  return buildCard({
    kind: 'change',
    // There is no title: the channel already shows which case this is, and a title would turn one line into two.
    title: '',
    lines: [line(...said)],
    ...(actions === undefined ? {} : { actions }),
    ...(mentions === undefined ? {} : { mentions }),
    ...(quote === undefined ? {} : { quote }),
    notification: notificationOf(state),
  })
}
