import { teamName } from '../state/people/team-name.ts'
import type { CaseState } from '../state/state.ts'
import { coordinatorOf, nextInLine } from '../state/people/access.ts'
import type { Instant } from '../shared/instant.ts'
import type { Person } from '../policy/schema.ts'
import { inThisRound } from './clock.ts'
import { defineDeadline } from './definition.ts'
import type { DeadlineContext } from './definition.ts'
import { recurrence, reminderCount } from './recurrence.ts'

/** How long each person has to take the case. */
const TURN = { amount: 3, unit: 'working days' } as const

/**
 * Offers a case without an owner to one person after the other. The deadline to acknowledge the report runs at the same
 * time.
 */
export const offerOwner = defineDeadline({
  name: 'offer-owner',
  words: 'take the case, which nobody owns',
  starts: 'the case has no owner',
  due: 'every 3 working days, each time to another person',
  hears: ['team'],
  priority: 12,
  rotation: offeredTo,
  button: { label: 'Take the case', verb: 'take' },
  runs: (context) => {
    const { policy, state } = context
    const works = state.rm === 'received' || state.rm === 'valid' || state.rm === 'accepted'
    if (!works || coordinatorOf(policy, state) !== undefined) return []
    const start = startOf(state)
    const count = offerCount(state)
    const offers = recurrence(policy, { start, every: TURN, count, hears: 'team' })
    const offered = offeredTo(context, { turn: count + 1, at: offers.due })
    return [{ start, owner: offered?.name ?? teamName(policy), ...offers }]
  },
})

const startOf = (state: CaseState): Instant => inThisRound(state, unownedSince(state))

const offerCount = (state: CaseState): number => reminderCount(state, `offer-owner:${startOf(state)}`)

/**
 * When the case lost its owner. If the owner was removed from the policy, no event says when that was. The result is
 * then the time when that person became the owner, so the case is offered immediately.
 */
const unownedSince = ({ unownedSince: since, ownedSince, openedAt }: CaseState): Instant =>
  since ?? ownedSince ?? openedAt

/** The person who was last asked to take the case, or the first in line if nobody was asked. */
export function askedToTake(
  { policy, state }: Pick<DeadlineContext, 'policy' | 'state'>,
  at: Instant,
): Person | undefined {
  return offeredTo({ policy, state }, { turn: Math.max(1, offerCount(state)), at })
}

/** The person whose turn it is, in a rotation of all who can take the case and are not away. */
export function offeredTo(
  { policy, state }: Pick<DeadlineContext, 'policy' | 'state'>,
  { turn, at }: { readonly turn: number; readonly at: Instant },
): Person | undefined {
  const line = nextInLine(policy, state, at, state.coordinator)
  return line[(turn - 1) % Math.max(1, line.length)]
}
