import { after } from '../policy/calendar.ts'
import { deadline, inThisRound } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** From the acknowledgment to the decision whether the report is valid. */
export const decideValidity: ClockRule = (context) => {
  const { policy, state } = context
  if (state.acknowledgedAt === undefined || state.rm !== 'received') return []
  const start = inThisRound(state, state.acknowledgedAt)
  const due = after(policy.calendar, start, policy.clocks.decideValidity)
  return [deadline(context, { clock: 'decide-validity', start, due, about: 'decide whether the report is valid' })]
}
