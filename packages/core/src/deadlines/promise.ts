import type { CaseState } from '../state/state.ts'
import { after } from '../policy/calendar.ts'
import { nextWorking } from './working-hours.ts'
import type { Policy } from '../policy/schema.ts'
import { instant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { returnTime, freeTeam, isAway } from '../state/people/access.ts'

/**
 * How many steps `firstThere` may take to find a time when somebody is at work. Each step jumps to the time when the
 * next person returns. If absences never end, this limit ends the search.
 */
const LOOKS_MAX = 100

export type AnswerPromise = {
  readonly by: Instant
  /**
   * The instant at which somebody on the team works again. Absent if somebody works within the policy's time for an
   * answer.
   */
  readonly nobodyBefore?: Instant
}

/**
 * The time by which we promise that a person answers a report. The policy says how long after the report this is. If
 * nobody works in that time because of weekends, holidays and absences, the policy's time begins when somebody is back.
 * Absences that change after the case opened do not change the promise.
 */
export function answerPromised(policy: Policy, theCase: CaseState): AnswerPromise {
  const { target } = policy.clocks.acknowledge
  const state = { ...theCase, away: theCase.awayAtOpening ?? {} }
  const by = after(policy.calendar, state.openedAt, target)
  const there = firstThere(policy, state, state.openedAt)
  return there < by ? { by } : { by: after(policy.calendar, there, target), nobodyBefore: there }
}

/**
 * The time by which we promise to write to a reporter again. If everybody is away at that time, the policy's time for
 * an answer is added to the time when somebody is back. The reminder and `embargo stats` both use this time.
 */
export function nextWordPromised(policy: Policy, state: CaseState, from: Instant): Instant {
  const { acknowledge, updateReporter } = policy.clocks
  const due = after(policy.calendar, from, updateReporter)
  const team = freeTeam(policy, state)
  const isThere = team.length === 0 || team.some((person) => !isAway(state, person, due))
  return isThere ? due : after(policy.calendar, firstThere(policy, state, due), acknowledge.target)
}

/** The beginning of the first working hour, at or after an instant, in which not everybody on the team is away. */
function firstThere(policy: Policy, state: CaseState, from: Instant): Instant {
  const team = freeTeam(policy, state)
  let at = nextWorking(policy.calendar, from)
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const now = at
    if (team.length === 0 || team.some((person) => !isAway(state, person, now))) return at
    at = nextWorking(policy.calendar, instant(Math.min(...team.map((person) => returnTime(state, person, now)))))
  }
  return at
}
