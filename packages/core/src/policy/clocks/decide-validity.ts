import { latest } from '../../shared/instant.ts'
import { after } from '../calendar.ts'
import { deadline } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** From the acknowledgment to the decision whether the report is valid. */
export const decideValidity: ClockRule = (context) => {
  const { policy, state } = context
  const { acknowledgedAt, reopenedAt = acknowledgedAt } = state
  if (acknowledgedAt === undefined || reopenedAt === undefined || state.rm !== 'received') return []
  const start = latest(acknowledgedAt, reopenedAt)
  const due = after(policy.calendar, start, policy.clocks.decideValidity)
  return [deadline(context, { clock: 'decide-validity', start, due, about: 'decide whether the report is valid' })]
}
