import type { CaseState, PersonId } from '@embargo/core'
import type { Action, Card, Line, Span } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line } from './spans.ts'

/**
 * One line that says who did what. It is short, because a longer card would interrupt people's conversation. Further
 * lines (`more`) are allowed only for facts that people look for later.
 */
export function changeCard(request: {
  state: CaseState | undefined
  said: readonly (Span | string)[]
  more?: readonly Line[]
  quote?: Card['quote'] | undefined
  actions?: readonly Action[]
  mentions?: readonly PersonId[]
}): Card {
  const { state, said, more = [], quote, actions, mentions } = request
  return buildCard({
    kind: 'change',
    // There is no title: the channel already shows which case this is, and a title would turn one line into two.
    title: '',
    lines: [line(...said), ...more],
    ...(actions === undefined ? {} : { actions }),
    ...(mentions === undefined ? {} : { mentions }),
    ...(quote === undefined ? {} : { quote }),
    notification: notificationOf(state),
  })
}
