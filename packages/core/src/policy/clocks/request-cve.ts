import { embargoInForce } from '../../embargo/evolve.ts'
import { before, lastReleaseInstant } from '../calendar.ts'
import { projectOf } from '../project.ts'
import { deadline } from './clock.ts'
import type { ClockContext, ClockRule } from './clock.ts'

/** An id takes weeks where another assigns it, so it is asked for so long before the release (process, section 5). */
export const requestCve: ClockRule = (context) => {
  const { policy, state, release } = context
  if (state.rm !== 'accepted' || state.cve !== undefined || release?.startedAt !== undefined) return []
  if (projectOf(policy, state).cve === 'none' || state.disposition === 'defense-in-depth') return []
  const target = targetOf(context)
  if (target === undefined || state.acceptedAt === undefined) return []
  const due = before(policy.calendar, target, policy.clocks.requestCve)
  // A case that is accepted later than that is asked for its id with what is left, not in the past.
  if (due <= state.acceptedAt) return []
  return [
    deadline(context, { clock: 'request-cve', start: state.acceptedAt, due, round: target, about: 'ask for a CVE id' }),
  ]
}

function targetOf({ policy, state, release }: ClockContext) {
  if (release?.at !== undefined && release.is !== 'cancelled') return release.at
  return embargoInForce(state.em) ? lastReleaseInstant(policy, state.em.end) : undefined
}
