import { closedForGood, unclosedChannels } from '../state/channel-life.ts'
import { latest } from '../shared/instant.ts'
import { after } from '../policy/calendar.ts'
import { defineDeadline, LAST } from './definition.ts'

/**
 * After a case is closed, its channels stay open for a while and are then archived. A late mail that reopens a channel
 * starts the time again.
 */
export const archiveChannel = defineDeadline({
  name: 'archive-channel',
  words: 'the channel of a closed case is archived',
  starts: 'the case is closed',
  due: '{chat.archiveAfter} later',
  priority: LAST,
  afterClosing: 'only',
  automatic: true,
  atEnd: 'channels-close',
  runs: ({ policy, state }) => {
    const { closedAt } = state
    const { archiveAfter } = policy.chat
    const unclosed = unclosedChannels(state)
    // Nobody has handled a mail that came after closing, so people still need the channel.
    if (state.answeredAfterClosing !== undefined) return []
    if (closedAt === undefined || archiveAfter === 'never' || unclosed.length === 0) return []
    const start = unclosed.reduce(
      (last, [platform]) => latest(last, state.channels[platform]?.openedAt ?? last),
      closedAt,
    )
    const due = after(policy.calendar, start, archiveAfter)
    // The moment of a round is announced only once, when the first channels close. So the channels that are still open
    // need another round.
    const round = start + closedForGood(state)
    return [
      { start, due, round, about: 'the channel is archived', moments: [{ fraction: 1, at: due, hears: 'owner' }] },
    ]
  },
})
