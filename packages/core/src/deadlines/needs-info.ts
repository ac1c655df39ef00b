import { reporterName } from '../state/report/reporter-name.ts'
import { frozenBySignal } from '../state/world/signals.ts'
import { defineDeadline } from './definition.ts'
import { momentAt } from './moments.ts'

const LAST_NUDGE = 0.8

/** When the reporter is reminded, as parts of the time. */
const NUDGES = [0.5, LAST_NUDGE]

/** The part of the time that follows the last reminder. */
export const AFTER_LAST_NUDGE = 1 - LAST_NUDGE

/**
 * From a question to the reporter's answer. They are reminded, and then a case whose validity is open closes, but not
 * while a signal waits for its answer, since the signal would end with the case.
 */
export const needsInfo = defineDeadline({
  name: 'needs-info',
  words: 'the reporter has not answered a question',
  priority: 16,
  runs: ({ state }) => {
    if (state.needsInfo === undefined || state.needsInfo.undelivered === true) return []
    const { askedAt, dueAt: due, againAt, report } = state.needsInfo
    const start = againAt ?? askedAt
    // A reporter who was asked again has the time that follows the last reminder, and no further reminder.
    const fractions = againAt === undefined ? NUDGES : []
    const nudges = fractions.map((fraction) => momentAt(start, due, fraction))
    const ends = frozenBySignal(state) ? [] : [{ ...momentAt(start, due, 1), breach: true }]
    return [{ start, due, about: `${reporterName(state, report)} answers our question`, moments: [...nudges, ...ends] }]
  },
})
