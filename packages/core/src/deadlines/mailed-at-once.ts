import type { CaseState } from '../state/state.ts'
import type { Audience } from './escalation.ts'
import { deadlineOf } from './index.ts'
import { isUrgent } from './working-hours.ts'

/** The fraction of a repeating breach when it is announced for the first time. */
const FIRST_REPEAT = 2

type Reminder =
  | { readonly type: 'ReminderDue'; readonly clock: string; readonly hears: Audience }
  | { readonly type: 'ClockBreached'; readonly fraction?: number }

/**
 * Whether those who hear a reminder get a mail of its own: when a time is long up, and when what cannot wait goes to the
 * next in line. The rest is in the digest of each person, and a breach that repeats is told in the channel.
 */
export function isMailedAtOnce(state: CaseState, reminder: Reminder): boolean {
  if (reminder.type === 'ClockBreached') return (reminder.fraction ?? 0) <= FIRST_REPEAT
  return reminder.hears !== 'owner' && (isUrgent(state) || deadlineOf(reminder.clock)?.mailedAtOnce === true)
}
