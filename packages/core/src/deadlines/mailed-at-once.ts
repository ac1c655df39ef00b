import type { CaseState } from '../state/state.ts'
import type { Audience } from './escalation.ts'
import { deadlineOf } from './index.ts'
import { isUrgent } from './working-hours.ts'

/** The fraction at which a repeating breach is announced for the first time. */
const FIRST_REPEAT = 2

type Reminder =
  | { readonly type: 'ReminderDue'; readonly clock: string; readonly hears: Audience }
  | { readonly type: 'ClockBreached'; readonly fraction?: number }

/**
 * Whether a reminder is mailed separately. This holds for the first breach of a deadline, and for an urgent reminder to
 * people other than the owner. Other reminders are in each person's digest; later breaches are only in the channel.
 */
export function isMailedAtOnce(state: CaseState, reminder: Reminder): boolean {
  if (reminder.type === 'ClockBreached') return (reminder.fraction ?? 0) <= FIRST_REPEAT
  return reminder.hears !== 'owner' && (isUrgent(state) || deadlineOf(reminder.clock)?.mailedAtOnce === true)
}
