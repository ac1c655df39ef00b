import type { CaseEvent } from '../../events/case-events.ts'
import type { Recorded } from '../../events/recorded.ts'
import { withDoubtSettled, withParked } from '../parked.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { CaseState } from '../state.ts'

export type OutsideEvent = Extract<
  CaseEvent,
  {
    type:
      | 'ChannelOpened'
      | 'CardPlaced'
      | 'MailAccepted'
      | 'MailFailed'
      | 'MailBounced'
      | 'EffectParked'
      | 'DoubtSettled'
  }
>

/** What the outside answered. */
export function withOutsideEvent(state: CaseState, event: OutsideEvent, { at }: Recorded): CaseState {
  switch (event.type) {
    case 'ChannelOpened': {
      const { platform, channel, name } = event
      return { ...state, channels: { ...state.channels, [platform]: { channel, name, cards: {} } } }
    }
    case 'CardPlaced':
      return withCard(state, event)
    case 'MailAccepted':
      return event.to.startsWith('report:') ? { ...state, lastMailOutAt: at } : state
    case 'MailFailed':
    case 'MailBounced':
      return state
    case 'EffectParked':
      return { ...state, parked: withParked(state.parked, event, at) }
    case 'DoubtSettled':
      return { ...state, parked: withDoubtSettled(state.parked, event.effect) }
    default:
      return assertNever(event)
  }
}

function withCard(state: CaseState, event: Extract<CaseEvent, { type: 'CardPlaced' }>): CaseState {
  const channel = state.channels[event.platform]
  if (channel === undefined) return state
  const cards = { ...channel.cards, [event.slot]: event.message }
  return { ...state, channels: { ...state.channels, [event.platform]: { ...channel, cards } } }
}
