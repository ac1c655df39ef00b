import { after } from '../policy/calendar.ts'
import { deadline } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** From the moment at which it is public, however it became so, to what was learnt from it (process, section 1). */
export const retrospective: ClockRule = (context) => {
  const { policy, state } = context
  const start = state.cs.public
  if (start === undefined || state.retrospective !== undefined) return []
  const due = after(policy.calendar, start, policy.clocks.retrospective)
  return [deadline(context, { clock: 'retrospective', start, due, about: 'hold the retrospective' })]
}
