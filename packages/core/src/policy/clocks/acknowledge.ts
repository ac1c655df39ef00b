import { theTeam } from '../../people/the-team.ts'
import { after } from '../calendar.ts'
import { inThisRound, momentAt } from './clock.ts'
import type { ClockRule, Moment } from './clock.ts'

/** From receipt, or from a reopening of what nobody acknowledged, to the acknowledgment by a person; the breach comes later, and escalates. */
export const acknowledge: ClockRule = ({ policy, state }) => {
  if (state.acknowledgedAt !== undefined || state.rm !== 'received') return []
  const { target, breach, fractions } = policy.clocks.acknowledge
  const start = inThisRound(state, state.openedAt)
  const due = after(policy.calendar, start, target)
  const breachAt = after(policy.calendar, start, breach)
  const moments: readonly Moment[] = [
    ...fractions.map((fraction) => momentAt(start, due, fraction)),
    { fraction: Math.max(1.001, (breachAt - start) / (due - start)), at: breachAt, breach: true, hears: 'admins' },
  ]
  return [
    {
      clock: 'acknowledge',
      stream: state.id,
      round: state.round,
      start,
      due,
      owner: theTeam(policy),
      about: 'acknowledge the report',
      moments,
    },
  ]
}
