import type { CaseState } from '../state/state.ts'
import type { Audience } from './escalation.ts'
import { deadlineOf } from './index.ts'
import { isUrgent } from './working-hours.ts'

/**
 * Some missed deadlines are announced repeatedly. Their first announcement has this `fraction`. Later announcements
 * have larger numbers.
 */
const FIRST_REPEAT = 2

type Reminder =
  | { readonly type: 'ReminderDue'; readonly clock: string; readonly hears: Audience }
  | { readonly type: 'ClockBreached'; readonly fraction?: number }

/**
 * Whether a reminder is mailed at once. This is so for the first announcement that a deadline was missed, and for an
 * urgent reminder to people other than the owner. Other reminders are in each person's digest. Further announcements of
 * a missed deadline are only in the channel.
 */
export function isMailedAtOnce(state: CaseState, reminder: Reminder): boolean {
  if (reminder.type === 'ClockBreached') return (reminder.fraction ?? 0) <= FIRST_REPEAT
  return reminder.hears !== 'owner' && (isUrgent(state) || deadlineOf(reminder.clock)?.mailedAtOnce === true)
}
