import { embargoInForce } from '../state/embargo/evolve.ts'
import { before, lastReleaseInstant } from '../policy/calendar.ts'
import { later, latest, MINUTE } from '../shared/instant.ts'
import { getsNoCve } from './no-cve.ts'
import type { Moment } from './clock.ts'
import { defineDeadline } from './definition.ts'
import { ESCALATES_AT } from './moments.ts'
import type { DeadlineContext } from './definition.ts'

/**
 * Another CNA takes weeks to assign an id, so the id must be requested some time before the release. If this time has
 * already come when the case is accepted or the release is planned, the request is due immediately.
 */
export const requestCve = defineDeadline({
  name: 'request-cve',
  words: 'ask for a CVE id',
  starts: 'the case is accepted',
  due: '{clocks.requestCve} before the release, or before the last release window in the embargo',
  priority: 11,
  runs: (context) => {
    const { policy, state, release } = context
    if (state.rm !== 'accepted' || state.cve !== undefined || release?.startedAt !== undefined) return []
    const target = targetOf(context)
    const start = state.acceptedAt
    if (target === undefined || start === undefined || getsNoCve(policy, state)) return []
    const usual = before(policy.calendar, target, policy.clocks.requestCve)
    const due = latest(usual, later(start, MINUTE))
    const run = { start, due, round: target }
    if (due === usual) return [run]
    const moments: readonly Moment[] = [
      { fraction: 1, at: due, hears: 'owner' },
      { fraction: ESCALATES_AT, at: target, hears: 'admins', breach: true },
    ]
    return [{ ...run, moments }]
  },
})

function targetOf({ policy, state, release }: DeadlineContext) {
  if (release?.at !== undefined && release.is !== 'cancelled') return release.at
  return embargoInForce(state.em) ? lastReleaseInstant(policy, state.em.end) : undefined
}
