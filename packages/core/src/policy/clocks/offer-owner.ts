import { theTeam } from '../../people/the-team.ts'
import type { CaseState } from '../../case/state.ts'
import { coordinatorOf, nextInLine } from '../../people/seats.ts'
import type { Instant } from '../../shared/instant.ts'
import { after } from '../calendar.ts'
import type { Person } from '../schema.ts'
import { inThisRound } from './clock.ts'
import type { ClockContext, ClockRule, Moment } from './clock.ts'

/** So many offers ahead are known, so that after a long stop the last one is told and not each that was missed. */
const OFFERS_AHEAD = 12

/**
 * A case that nobody owns is offered to one person after the other, who may take it. The acknowledge clock goes on beside
 * it (process, section 5).
 */
export const offerOwner: ClockRule = (context) => {
  const { policy, state } = context
  if (
    coordinatorOf(policy, state) !== undefined ||
    (state.rm !== 'received' && state.rm !== 'valid' && state.rm !== 'accepted')
  )
    return []
  const start = startOf(state)
  const every = policy.clocks.offerOwner
  const nth = (n: number) => after(policy.calendar, start, { ...every, amount: every.amount * n })
  const told = offersTold(state)
  const moments = Array.from({ length: OFFERS_AHEAD }, (_, index): Moment => {
    const n = told + index + 1
    return { fraction: n, at: nth(n), hears: 'team' }
  })
  const offered = offeredTo(context, { turn: told + 1, at: nth(told + 1) })
  return [
    {
      clock: 'offer-owner',
      stream: state.id,
      round: start,
      start,
      due: nth(told + 1),
      owner: offered?.name ?? theTeam(policy),
      about: 'take the case, which nobody owns',
      moments,
    },
  ]
}

const startOf = (state: CaseState): Instant => inThisRound(state, unownedSince(state))

const offersTold = (state: CaseState): number =>
  Math.min(state.told[`offer-owner:${startOf(state)}`] ?? 0, Number.MAX_SAFE_INTEGER)

/** Somebody who left the policy never said so: their cases count as unowned since they were theirs, and are offered at once. */
const unownedSince = ({ unownedSince: since, ownedSince, openedAt }: CaseState): Instant =>
  since ?? ownedSince ?? openedAt

/** Who was asked last to take a case that nobody owns; the first in line while nobody was. */
export function askedToTake(
  { policy, state }: Pick<ClockContext, 'policy' | 'state'>,
  at: Instant,
): Person | undefined {
  return offeredTo({ policy, state }, { turn: Math.max(1, offersTold(state)), at })
}

/** Whose turn it is: round and round among those who can and are there, and not always the same one first. */
export function offeredTo(
  { policy, state }: Pick<ClockContext, 'policy' | 'state'>,
  { turn, at }: { readonly turn: number; readonly at: Instant },
): Person | undefined {
  const line = nextInLine(policy, state, at, state.coordinator)
  return line[(turn - 1) % Math.max(1, line.length)]
}
