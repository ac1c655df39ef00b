import { after } from '../policy/calendar.ts'
import { later } from '../shared/instant.ts'
import type { CaseState, RmState } from '../state/state.ts'
import { reporterName } from '../state/report/reporter-name.ts'
import { frozenBySignal } from '../state/world/signals.ts'
import { defineDeadline, NOBODY_COULD_ANSWER } from './definition.ts'
import { momentAt } from './moments.ts'

const LAST_NUDGE = 0.8

/** When the reporter is reminded of a question, as fractions of the time for the answer. */
const NUDGES = [0.5, LAST_NUDGE]

/** The fraction of the time for the answer that is left after the last reminder. */
const AFTER_LAST_NUDGE = 1 - LAST_NUDGE

/** Whether an unanswered question closes a case. Only a person can close an accepted or a deferred case. */
export const closesInSilence = (rm: RmState): rm is 'received' | 'valid' | 'invalid' =>
  rm === 'received' || rm === 'valid' || rm === 'invalid'

/** Whether the open question closes the case if it stays unanswered. */
export const closesOnNoReply = ({ rm, needsInfo: question }: Pick<CaseState, 'rm' | 'needsInfo'>): boolean =>
  question !== undefined && closesInSilence(rm)

/**
 * Runs from a question to the reporter's answer. The reporter is reminded. If no answer comes, the case closes, unless
 * the case is accepted or deferred. While a signal, such as a reported leak or attack, waits for a yes or no, the case
 * stays open too, because closing the case would end the signal.
 */
export const needsInfo = defineDeadline({
  name: 'needs-info',
  words: 'the reporter has not answered a question',
  starts: 'the question to the reporter',
  due: '{clocks.needsInfo} later',
  hears: ['owner', 'team'],
  priority: 16,
  atEnd: 'question-lapses',
  restart: {
    words: NOBODY_COULD_ANSWER,
    // The reporter is asked again, and gets as much time as normally remains after the last reminder.
    end: ({ policy: { calendar, clocks }, state, fraction, at }) =>
      fraction < 1 || !closesOnNoReply(state)
        ? undefined
        : later(at, (after(calendar, at, clocks.needsInfo) - at) * AFTER_LAST_NUDGE),
  },
  askedBy: 'question',
  reporterLetter: ({ needsInfo: question }) =>
    question === undefined ? undefined : { letter: 'question', report: question.report },
  runs: ({ state }) => {
    if (state.needsInfo === undefined || state.needsInfo.undelivered === true) return []
    const { askedAt, dueAt: due, againAt, report } = state.needsInfo
    const start = againAt ?? askedAt
    // A reporter who was asked again after an outage gets no further reminder.
    const fractions = againAt === undefined ? NUDGES : []
    const nudges = fractions.map((fraction) => momentAt(start, due, fraction))
    const ends = frozenBySignal(state) ? [] : [{ ...momentAt(start, due, 1), breach: true }]
    return [{ start, due, about: `${reporterName(state, report)} answers our question`, moments: [...nudges, ...ends] }]
  },
})
