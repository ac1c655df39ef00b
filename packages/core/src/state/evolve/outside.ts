import type { CaseEvent } from '../../events/case-events.ts'
import type { OutsideEvent } from '../../events/case/outside.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { reservationDoubt, withDoubtSettled, withDoubt } from '../delivery-doubts.ts'
import { assertNever } from '../../shared/assert-never.ts'
import { withChannelEvent } from './channels.ts'
import { withArrived, withLost, withoutSilence, withSeenTo, withWritten } from './delivery.ts'
import type { CaseState } from '../state.ts'

/** Applies an event about the outcome of an effect to the state of the case. */
export function withOutsideEvent(state: CaseState, event: OutsideEvent, { at }: RecordedEvent): CaseState {
  switch (event.type) {
    case 'ChannelOpened':
    case 'CardPlaced':
      return withChannelEvent(state, event, { at })
    case 'MailAccepted':
      return withArrived(withWritten(state, event.to, at), event.effect, at)
    case 'MailFailed':
    case 'MailBounced':
      return withLost(state, event, at)
    case 'MailWithdrawn':
      return withoutSilence(state, event.effect)
    case 'EffectParked':
      return withoutSilence({ ...state, parked: withDoubt(state.parked, event, at) }, event.effect)
    case 'DoubtSettled':
      return settled(state, event, at)
    default:
      return assertNever(event)
  }
}

/**
 * Records what a person decided about an effect that waited for this decision. If the person says that a mail was sent,
 * it counts like a mail that a server accepted.
 */
function settled(
  state: CaseState,
  { effect, outcome }: Extract<CaseEvent, { type: 'DoubtSettled' }>,
  at: RecordedEvent['at'],
): CaseState {
  const ended =
    effect === reservationDoubt(state)?.effect && outcome === 'withdrawn' ? withoutReservation(state) : state
  const seen = withSeenTo({ ...ended, parked: withDoubtSettled(state.parked, effect) }, effect)
  return outcome === 'went' ? withArrived(seen, effect, at) : seen
}

/** Removes a reservation of a CVE id that came to nothing, so an id can be requested again. */
function withoutReservation(state: CaseState): CaseState {
  if (state.cve === undefined) return state
  const { reservation: _ended, ...cve } = state.cve
  return { ...state, cve }
}
