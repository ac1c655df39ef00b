import { personOf } from '../state/people/directory.ts'
import type { PersonId } from '../shared/ids.ts'
import { ownerOf } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** A signal that waits for a second person: after so long without a no it counts, at any hour of any day. */
export const signalSilence: ClockRule = (context) => {
  const { state, policy } = context
  const nameOf = (id: PersonId): string => personOf(policy, id)?.name ?? id
  return state.approvals.flatMap((approval) => {
    const { yesFrom, askedAt } = approval
    if (approval.status !== 'open' || yesFrom === undefined) return []
    return [
      {
        clock: `signal/${approval.id}`,
        stream: state.id,
        round: yesFrom,
        start: askedAt,
        due: yesFrom,
        // Whoever said it has said it: the answer is another's.
        owner: approval.mode === 'second-look' ? ownerOf(context) : `any team member but ${nameOf(approval.by)}`,
        about: 'say yes or no to what was signalled; silence is a yes',
        moments: [{ fraction: 1, at: yesFrom, breach: true, prompt: true, hears: 'team' as const }],
      },
    ]
  })
}
