import { later } from '../shared/instant.ts'
import { after } from '../policy/calendar.ts'
import { momentAt, ownerOf } from './clock.ts'
import type { ClockRule, Moment } from './clock.ts'

/** So many reminders ahead are known, so that after a long stop the last one is told and not each that was missed. */
const REMINDERS_AHEAD = 12

/**
 * From a mail to a closed case until a person answers it, opens a follow-up or sets it aside. It may say that the fix does
 * not hold, so it is due like a new report; what nobody sees to by then is told to the admins again and again.
 */
export const lateMail: ClockRule = (context) => {
  const { policy, state } = context
  const start = state.answeredAfterClosing
  if (start === undefined) return []
  const { target, breach, fractions } = policy.clocks.acknowledge
  const due = after(policy.calendar, start, target)
  const every = Math.max(due, after(policy.calendar, start, breach)) - start
  const told = Math.floor(Math.max(0, (state.told[`late-mail:${start}`] ?? 0) - 1))
  const overdue = Array.from({ length: REMINDERS_AHEAD }, (_, index): Moment => {
    const n = told + index + 1
    return { fraction: n + 1, at: later(start, every * n), breach: true, repeats: true, hears: 'admins' }
  })
  return [
    {
      clock: 'late-mail',
      stream: state.id,
      round: start,
      start,
      due,
      owner: ownerOf(context),
      about: 'answer the mail that came after closing, or set it aside',
      moments: [...fractions.map((fraction) => momentAt(start, due, fraction)), ...overdue],
    },
  ]
}
