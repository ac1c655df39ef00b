import type { CaseState, Signal } from '../state.ts'
import type { WorldEvent } from '../../events/case/world.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Instant } from '../../shared/instant.ts'
import type { SignalKind } from '../../shared/words.ts'
import { counted, lettersOf } from './signals.ts'

/** Applies an event to the state of its case. The event is about what the vendor and the public know. */
export function withWorldEvent(state: CaseState, event: WorldEvent, { at }: RecordedEvent): CaseState {
  switch (event.type) {
    case 'VendorAware':
      return { ...state, cs: { ...state.cs, vendorAware: at } }
    case 'SignalRaised': {
      const { type: _type, signal: id, ...details } = event
      return { ...state, signals: [...state.signals, { ...details, id, raisedAt: at, is: 'raised' }] }
    }
    case 'SignalRefused':
      return withSignals(state, [event.signal], (signal) => ({ ...signal, is: 'refused' }))
    case 'VulnerabilityPublic':
      return event.because === 'our-publication'
        ? withLetters({ ...state, publishedAt: state.publishedAt ?? at })
        : withLetters(withCounted(state, { what: 'public', ...event }, at))
    case 'ExploitPublic':
      return withLetters(withCounted(state, { what: 'exploit', ...event }, at))
    case 'AttacksObserved':
      return withLetters(withCounted(state, { what: 'attack', ...event }, at))
    case 'LeakSuspected':
      return {
        ...withCounted(state, { what: 'leak', ...event }, at),
        leakUndecidedSince: state.leakUndecidedSince ?? at,
      }
    case 'LeakOutlived':
      return withoutLeak(state)
    case 'SignalCorrected': {
      const corrected = withLetters(
        withSignals(state, event.signals, (signal) => ({ ...signal, is: 'corrected', correctedAt: at })),
      )
      return event.what === 'leak' && !isUndecided(corrected) ? withoutLeak(corrected) : corrected
    }
    default:
      return assertNever(event)
  }
}

/** Whether the team has still to decide about a leak that counts. */
const isUndecided = ({ signals, leakUndecidedSince: since }: CaseState): boolean =>
  since !== undefined &&
  counted({ signals }, 'leak').some(({ countedAt }) => countedAt !== undefined && countedAt >= since)

const withLetters = (state: CaseState): CaseState => ({ ...state, cs: lettersOf(state) })

/** Clears the pending decision about a leak, because the team has decided or there is nothing left to decide. */
export function withoutLeak(state: CaseState): CaseState {
  const { leakUndecidedSince: _decided, ...rest } = state
  return rest
}

function withSignals(state: CaseState, ids: readonly string[], change: (signal: Signal) => Signal): CaseState {
  return { ...state, signals: state.signals.map((signal) => (ids.includes(signal.id) ? change(signal) : signal)) }
}

type Letter = {
  readonly what: SignalKind
  readonly signal?: string
  readonly link?: string | undefined
}

/**
 * Marks the event's signal as counted. If the case has no such signal, adds a signal, so that the state that the case
 * reached (P, X or A) can be corrected.
 */
function withCounted(state: CaseState, { what, signal, link }: Letter, at: Instant): CaseState {
  const known = state.signals.find(({ id }) => id === signal)
  const publicAt = what === 'public' ? { publicAt: at } : {}
  if (known === undefined) {
    const id = `${state.id}/s${state.signals.length + 1}`
    const details = link === undefined ? {} : { link }
    const counted: Signal = { id, what, ...details, raisedAt: at, is: 'counted', countedAt: at, ...publicAt }
    return { ...state, signals: [...state.signals, counted] }
  }
  // The signal may be of another kind than `what`. For a public exploit, one command can record two events with the
  // same signal: `VulnerabilityPublic` and `ExploitPublic`. `ExploitPublic` makes the signal count, so
  // `VulnerabilityPublic` only sets `publicAt`.
  return withSignals(state, [known.id], (one) =>
    known.what === what ? { ...one, is: 'counted', countedAt: at, ...publicAt } : { ...one, ...publicAt },
  )
}
