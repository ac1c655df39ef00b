import { reporterName } from '../state/report/reporter-name.ts'
import { frozenBySignal } from '../state/world/signals.ts'
import { defineDeadline } from './definition.ts'
import { momentAt } from './moments.ts'

/**
 * From a question to the reporter's answer. They are reminded, and then a case whose validity is open closes, but not
 * while a signal waits for its answer, since the signal would end with the case.
 */
export const needsInfo = defineDeadline({
  name: 'needs-info',
  words: 'the reporter has not answered a question',
  priority: 16,
  runs: ({ policy, state }) => {
    if (state.needsInfo === undefined || state.needsInfo.undelivered === true) return []
    const { askedAt, dueAt: due, againAt, report } = state.needsInfo
    const start = againAt ?? askedAt
    // A reporter who was asked again has the time that follows the last reminder, and no further reminder.
    const fractions = againAt === undefined ? policy.clocks.needsInfo.fractions : []
    const nudges = fractions.filter((fraction) => fraction < 1).map((fraction) => momentAt(start, due, fraction))
    const ends = frozenBySignal(state) ? [] : [{ ...momentAt(start, due, 1), breach: true }]
    return [{ start, due, about: `${reporterName(state, report)} answers our question`, moments: [...nudges, ...ends] }]
  },
})
