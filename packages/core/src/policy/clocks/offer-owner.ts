import type { CaseState } from '../../case/state.ts'
import { after } from '../calendar.ts'
import type { Person } from '../schema.ts'
import type { ClockContext, ClockRule, Moment } from './clock.ts'
import { hearersOf } from './hearers.ts'

/** So many offers ahead are known, so that after a long stop the last one is told and not each that was missed. */
const OFFERS_AHEAD = 12

/**
 * A case that nobody owns is offered to one person after the other, who may take it. The acknowledge clock goes on beside
 * it (process, section 5).
 */
export const offerOwner: ClockRule = (context) => {
  const { policy, state } = context
  if (state.coordinator !== undefined || (state.rm !== 'received' && state.rm !== 'valid' && state.rm !== 'accepted'))
    return []
  const start = unownedSince(state)
  const every = policy.clocks.offerOwner
  const nth = (n: number) => after(policy.calendar, start, { ...every, amount: every.amount * n })
  const told = Math.min(state.told[`offer-owner:${start}`] ?? 0, Number.MAX_SAFE_INTEGER)
  const moments = Array.from({ length: OFFERS_AHEAD }, (_, index): Moment => {
    const n = told + index + 1
    return { fraction: n, at: nth(n), hears: 'team' }
  })
  const offered = offeredTo(context, told + 1)
  return [
    {
      clock: 'offer-owner',
      stream: state.id,
      round: start,
      start,
      due: nth(told + 1),
      owner: offered?.name ?? 'the team',
      about: 'take the case, which nobody owns',
      moments,
    },
  ]
}

const unownedSince = (state: CaseState) => state.openedAt

/** Whose turn it is: round and round among those who can, and not always the same one first. */
export function offeredTo({ policy, state }: Pick<ClockContext, 'policy' | 'state'>, turn: number): Person | undefined {
  const team = hearersOf(policy, state, 'team')
  return team[(Number(state.id.split('-').at(-1)) + turn) % team.length]
}
