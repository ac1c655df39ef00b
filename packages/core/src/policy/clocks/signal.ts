import { ownerOf } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** A signal that waits for a second person: after so long without a no it counts, at any hour of any day. */
export const signalSilence: ClockRule = (context) => {
  const { state } = context
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
        owner: ownerOf(context),
        about: 'say yes or no to what was signalled; silence is a yes',
        moments: [{ fraction: 1, at: yesFrom, breach: true, prompt: true, hears: 'team' as const }],
      },
    ]
  })
}
