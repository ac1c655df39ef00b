import { reachableReports } from '../../report/reachable.ts'
import { after } from '../calendar.ts'
import { deadline, inThisRound } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** The reporter hears from us at least so often, from the acknowledgment until it is published. */
export const updateReporter: ClockRule = (context) => {
  const { policy, state, release } = context
  const reachable = reachableReports(state).length > 0
  const over = release?.is === 'released' || state.rm === 'invalid' || state.acknowledgedAt === undefined
  if (!reachable || over) return []
  const start = inThisRound(state, state.lastMailOutAt ?? state.openedAt)
  const due = after(policy.calendar, start, policy.clocks.updateReporter)
  return [deadline(context, { clock: 'update-reporter', start, due, about: 'tell the reporter how far it is' })]
}
