import type { CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { renderPlain } from '../render/plain.ts'

/**
 * The parts from which `buildCard` makes a card. Only some are required. `buildCard` itself writes the fallback text.
 */
export type CardParts = Pick<Card, 'kind' | 'title' | 'notification'> &
  Partial<Pick<Card, 'lines' | 'fields' | 'attachments' | 'actions' | 'quote' | 'mentions' | 'tone'>>

export function buildCard(parts: CardParts): Card {
  const whole = { lines: [], fields: [], attachments: [], actions: [], ...parts }
  return { ...whole, fallback: renderPlain(whole) }
}

/**
 * What a lock screen may show: the case number and the severity. It must never contain text from outside, or say what
 * happened.
 */
export const notificationOf = (state: Pick<CaseState, 'id' | 'severity'> | undefined): string =>
  state === undefined ? 'Embargo' : state.severity === undefined ? state.id : `${state.id} · ${state.severity}`
