import { embargoInForce } from '../state/embargo/evolve.ts'
import { before, lastReleaseInstant } from '../policy/calendar.ts'
import { later, latest, MINUTE } from '../shared/instant.ts'
import { getsNoCve } from './no-cve.ts'
import { deadline } from './clock.ts'
import type { ClockContext, ClockRule, Moment } from './clock.ts'

/**
 * An id takes weeks where another assigns it, so it is asked for so long before the release (process, section 5). A case
 * that is accepted later than that, or whose release is sooner, asks for its id at once, with what is left.
 */
export const requestCve: ClockRule = (context) => {
  const { policy, state, release } = context
  if (state.rm !== 'accepted' || state.cve !== undefined || release?.startedAt !== undefined) return []
  const target = targetOf(context)
  const start = state.acceptedAt
  if (target === undefined || start === undefined || getsNoCve(policy, state)) return []
  const usual = before(policy.calendar, target, policy.clocks.requestCve)
  const due = latest(usual, later(start, MINUTE))
  const clock = deadline(context, { clock: 'request-cve', start, due, round: target, about: 'ask for a CVE id' })
  if (due === usual) return [clock]
  const moments: readonly Moment[] = [
    { fraction: 1, at: due, hears: 'owner' },
    { fraction: policy.clocks.escalateAt, at: target, hears: 'admins', breach: true },
  ]
  return [{ ...clock, moments }]
}

function targetOf({ policy, state, release }: ClockContext) {
  if (release?.at !== undefined && release.is !== 'cancelled') return release.at
  return embargoInForce(state.em) ? lastReleaseInstant(policy, state.em.end) : undefined
}
