import { momentAt, ownerOf } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** From a question to the reporter's answer: they are reminded, and then a case whose validity is open closes. */
export const needsInfo: ClockRule = (context) => {
  const { policy, state } = context
  if (state.needsInfo === undefined || state.needsInfo.undelivered === true) return []
  const { askedAt, dueAt } = state.needsInfo
  const reminders = policy.clocks.needsInfo.fractions
    .filter((fraction) => fraction < 1)
    .map((fraction) => momentAt(askedAt, dueAt, fraction))
  return [
    {
      clock: 'needs-info',
      stream: state.id,
      round: askedAt,
      start: askedAt,
      due: dueAt,
      owner: ownerOf(context),
      about: 'the reporter answers our question',
      moments: [...reminders, { ...momentAt(askedAt, dueAt, 1), breach: true }],
    },
  ]
}
