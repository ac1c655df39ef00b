import { closedForGood, unclosedChannels } from '../state/channel-life.ts'
import { latest } from '../shared/instant.ts'
import { after } from '../policy/calendar.ts'
import { ownerOf } from './clock.ts'
import type { ClockRule } from './clock.ts'

/**
 * The case is over: after a time of grace its channels are archived. One that a late mail opens has as much time of its
 * own. Nobody is reminded of it; it happens by itself.
 */
export const archiveChannel: ClockRule = (context) => {
  const { policy, state } = context
  const { closedAt } = state
  const { archiveAfter } = policy.chat
  const unclosed = unclosedChannels(state)
  // Somebody has yet to see to what came after closing, and reads it there.
  if (state.answeredAfterClosing !== undefined) return []
  if (closedAt === undefined || archiveAfter === 'never' || unclosed.length === 0) return []
  const start = unclosed.reduce(
    (last, [platform]) => latest(last, state.channels[platform]?.openedAt ?? last),
    closedAt,
  )
  const due = after(policy.calendar, start, archiveAfter)
  return [
    {
      clock: 'archive-channel',
      stream: state.id,
      // Where some are closed already, their moment was told. What is left has a round of its own.
      round: start + closedForGood(state),
      start,
      due,
      owner: ownerOf(context),
      about: 'the channel is archived',
      moments: [{ fraction: 1, at: due, hears: 'owner' }],
    },
  ]
}
