import { ownerOf } from './clock.ts'
import type { ClockRule } from './clock.ts'
import { recurrence, reminderCount } from './recurrence.ts'

/** While another party is waited for, the owner is asked about it at each turn of the policy's time (process, section 5). */
export const waiting: ClockRule = (context) => {
  const { policy, state } = context
  if (state.waiting === undefined) return []
  const { since, party } = state.waiting
  const count = reminderCount(state, `waiting-on-party:${since}`)
  return [
    {
      clock: 'waiting-on-party',
      stream: state.id,
      round: since,
      start: since,
      owner: ownerOf(context),
      about: `ask ${party} how far they are`,
      ...recurrence(policy, { start: since, every: policy.clocks.waitingOnParty, count, hears: 'owner' }),
    },
  ]
}
