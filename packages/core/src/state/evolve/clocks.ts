import type { CaseEvent } from '../../events/case-events.ts'
import type { ClockEvent } from '../../events/case/clocks.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Instant } from '../../shared/instant.ts'
import { clockId } from '../../vocabulary/deadline-name.ts'
import type { Branch } from '../fix/state.ts'
import type { CaseState, LastReminder } from '../state.ts'

/**
 * Applies an event about a deadline to the state of the case: a reminder, a missed deadline, a snooze, or a duty that
 * was done outside Embargo.
 */
export function withClockEvent(state: CaseState, event: ClockEvent, { at }: Pick<RecordedEvent, 'at'>): CaseState {
  if (event.type === 'DutyDone')
    return { ...state, duties: { ...state.duties, [event.duty]: { at, evidence: event.evidence } } }
  const key = `${event.clock}:${event.round}`
  switch (event.type) {
    case 'ReminderDue':
      return {
        ...(event.again === undefined ? state : withTimeAgain(state, { ...event, again: event.again }, at)),
        told: { ...state.told, [key]: Math.max(state.told[key] ?? 0, event.fraction) },
        toldLast: toldLast(state, event, at),
        ...(event.asked === true ? { reminded: { ...state.reminded, [key]: at } } : {}),
      }
    case 'ClockBreached':
      return {
        ...state,
        told: { ...state.told, [key]: event.fraction ?? Number.MAX_VALUE },
        toldLast: toldLast(state, event, at),
      }
    case 'ClockSnoozed':
      return { ...state, snoozed: { ...state.snoozed, [key]: event.until } }
    default:
      return assertNever(event)
  }
}

function toldLast(
  { toldLast: before }: CaseState,
  event: Extract<ClockEvent, { type: 'ReminderDue' | 'ClockBreached' }>,
  at: Instant,
): NonNullable<CaseState['toldLast']> {
  const { clock, round, due, hears, named, fraction = 1 } = event
  const notice: LastReminder = {
    clock,
    round,
    due,
    at,
    fraction,
    breached: event.type === 'ClockBreached',
    hears,
    ...(named === undefined ? {} : { named }),
  }
  return { ...before, [clock]: notice }
}

type RepeatedReminder = Pick<Extract<ClockEvent, { type: 'ReminderDue' }>, 'clock'> & { readonly again: Instant }

/**
 * Postpones the time from which silence counts as an answer to a signal, to a question, or to the request to check a
 * patch.
 */
const withTimeAgain = (state: CaseState, { clock, again }: RepeatedReminder, at: Instant): CaseState => ({
  ...state,
  approvals: state.approvals.map((one) => (clock === clockId('signal', one.id) ? { ...one, yesFrom: again } : one)),
  ...(clock === 'needs-info' && state.needsInfo !== undefined
    ? { needsInfo: { ...state.needsInfo, dueAt: again, againAt: at } }
    : {}),
  branches: state.branches.map((branch) =>
    clock === clockId('reporter-verification', branch.name) ? askedLater(branch, again, at) : branch,
  ),
})

function askedLater(branch: Branch, dueAt: Instant, againAt: Instant): Branch {
  const { fix } = branch
  if (fix?.is !== 'submitted' || fix.verification === undefined) return branch
  return { ...branch, fix: { ...fix, verification: { ...fix.verification, dueAt, againAt } } }
}

/** Events that do not count as progress on the case: reminders, and records of the program's own work. */
export const MOVES_NOTHING: ReadonlySet<CaseEvent['type']> = new Set<CaseEvent['type']>([
  'ReminderDue',
  'ClockBreached',
  'ClockSnoozed',
  'ChannelOpened',
  'CardPlaced',
  'ChannelRenamed',
  'ChannelLost',
  'ChannelBack',
  'ChannelWanted',
  'ChannelExposed',
  'ChannelCleared',
  'ChannelClosing',
  'ChannelArchived',
  'TalkKept',
  'PersonNotThere',
  'PersonThere',
  'MailAccepted',
  'MailFailed',
  'MailWithdrawn',
  'MailBounced',
  'EffectParked',
])
