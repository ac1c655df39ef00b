import { reporterName } from '../state/report/reporter-name.ts'
import { frozenBySignal } from '../state/world/signals.ts'
import { defineDeadline } from './definition.ts'
import { momentAt } from './moments.ts'

/**
 * From a question to the reporter's answer: they are reminded, and then a case whose validity is open closes. Not while a
 * signal waits for its answer: it would end with the case.
 */
export const needsInfo = defineDeadline({
  name: 'needs-info',
  words: 'the reporter has not answered a question',
  priority: 16,
  runs: ({ policy, state }) => {
    if (state.needsInfo === undefined || state.needsInfo.undelivered === true) return []
    const { askedAt, dueAt: due, againAt, report } = state.needsInfo
    const start = againAt ?? askedAt
    // A reporter who was asked again has the time after the last reminder, and that was it.
    const fractions = againAt === undefined ? policy.clocks.needsInfo.fractions : []
    const nudges = fractions.filter((fraction) => fraction < 1).map((fraction) => momentAt(start, due, fraction))
    const ends = frozenBySignal(state) ? [] : [{ ...momentAt(start, due, 1), breach: true }]
    return [{ start, due, about: `${reporterName(state, report)} answers our question`, moments: [...nudges, ...ends] }]
  },
})
