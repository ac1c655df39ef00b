import { reporterName } from '../state/report/reporter-name.ts'
import { frozenBySignal } from '../state/world/signals.ts'
import { momentAt, ownerOf } from './clock.ts'
import type { ClockRule } from './clock.ts'

/**
 * From a question to the reporter's answer: they are reminded, and then a case whose validity is open closes. Not while a
 * signal waits for its answer: it would end with the case.
 */
export const needsInfo: ClockRule = (context) => {
  const { policy, state } = context
  if (state.needsInfo === undefined || state.needsInfo.undelivered === true) return []
  const { askedAt, dueAt, againAt } = state.needsInfo
  const start = againAt ?? askedAt
  // Who was asked again has the time after the last reminder, and that was it.
  const fractions = againAt === undefined ? policy.clocks.needsInfo.fractions : []
  const reminders = fractions.filter((fraction) => fraction < 1).map((fraction) => momentAt(start, dueAt, fraction))
  const ends = frozenBySignal(state) ? [] : [{ ...momentAt(start, dueAt, 1), breach: true as const }]
  return [
    {
      clock: 'needs-info',
      stream: state.id,
      round: start,
      start,
      due: dueAt,
      owner: ownerOf(context),
      about: `${reporterName(state, state.needsInfo.report)} answers our question`,
      moments: [...reminders, ...ends],
    },
  ]
}
