import { openChannels } from '../../case/channel-life.ts'
import { after } from '../calendar.ts'
import { ownerOf } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** The case is over: after a time of grace its channels are archived. Nobody is reminded of it; it happens by itself. */
export const archiveChannel: ClockRule = (context) => {
  const { policy, state } = context
  const { closedAt } = state
  const { archiveAfter } = policy.chat
  if (closedAt === undefined || archiveAfter === 'never' || openChannels(state).length === 0) return []
  const due = after(policy.calendar, closedAt, archiveAfter)
  return [
    {
      clock: 'archive-channel',
      stream: state.id,
      round: closedAt,
      start: closedAt,
      due,
      owner: ownerOf(context),
      about: 'the channel is archived',
      moments: [{ fraction: 1, at: due, hears: 'owner' }],
    },
  ]
}
