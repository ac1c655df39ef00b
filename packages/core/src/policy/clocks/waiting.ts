import { after } from '../calendar.ts'
import { ownerOf } from './clock.ts'
import type { ClockRule, Moment } from './clock.ts'

/** So many reminders ahead are known, so that after a long stop the last one is told and not each that was missed. */
const REMINDERS_AHEAD = 12

/** While another party is waited for, the owner is asked about it at each turn of the policy's time (process, section 5). */
export const waiting: ClockRule = (context) => {
  const { policy, state } = context
  if (state.waiting === undefined) return []
  const { since, party } = state.waiting
  const every = policy.clocks.waitingOnParty
  const told = Math.min(state.told[`waiting-on-party:${since}`] ?? 0, Number.MAX_SAFE_INTEGER)
  const nth = (n: number) => after(policy.calendar, since, { ...every, amount: every.amount * n })
  const moments = Array.from({ length: REMINDERS_AHEAD }, (_, index): Moment => {
    const n = told + index + 1
    return { fraction: n, at: nth(n), hears: 'owner' }
  })
  return [
    {
      clock: 'waiting-on-party',
      stream: state.id,
      round: since,
      start: since,
      due: nth(told + 1),
      owner: ownerOf(context),
      about: `ask ${party} how far they are`,
      moments,
    },
  ]
}
