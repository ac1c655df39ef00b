import { later } from '../shared/instant.ts'
import { after } from '../policy/calendar.ts'
import type { Moment } from './clock.ts'
import { defineDeadline } from './definition.ts'
import { momentAt, URGENT_FRACTIONS } from './moments.ts'

/** How many reminders are computed in advance. After a long outage only the last missed one is announced. */
const REMINDERS_AHEAD = 12

/**
 * Runs from a mail to a closed case until a person answers the mail, sets it aside or reopens the case. The mail may
 * say that the fix does not work, so it must be handled as soon as a new report. If nobody handles it in time, the
 * admins are told repeatedly.
 */
export const lateMail = defineDeadline({
  name: 'late-mail',
  words: 'handle a mail that came after the case was closed',
  channelWords:
    'a mail came after the case was closed; answer it, or set it aside by closing the case once more with a reason',
  starts: 'a mail to a closed case',
  due: '{clocks.acknowledge.target} later; after that, repeatedly',
  priority: 4,
  mailedAtOnce: true,
  afterClosing: 'only',
  button: { label: 'Set it aside', verb: 'close', form: true, orAnswer: true },
  verbs: ['reply'],
  runs: ({ policy, state }) => {
    const start = state.answeredAfterClosing
    if (start === undefined) return []
    const { target, breach } = policy.clocks.acknowledge
    const due = after(policy.calendar, start, target)
    const every = Math.max(due, after(policy.calendar, start, breach)) - start
    const count = Math.floor(Math.max(0, (state.told[`late-mail:${start}`] ?? 0) - 1))
    const overdue = Array.from({ length: REMINDERS_AHEAD }, (_, index): Moment => {
      const n = count + index + 1
      return { fraction: n + 1, at: later(start, every * n), breach: true, repeats: true, hears: 'admins' }
    })
    const moments = [...URGENT_FRACTIONS.map((fraction) => momentAt(start, due, fraction)), ...overdue]
    return [{ start, due, about: 'answer the mail that came after closing, or set it aside', moments }]
  },
})
