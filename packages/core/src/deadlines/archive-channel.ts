import { closedForGood, unclosedChannels } from '../state/channel-life.ts'
import { latest } from '../shared/instant.ts'
import { after } from '../policy/calendar.ts'
import { defineDeadline, LAST } from './definition.ts'

/**
 * The channels of a closed case stay open for a while, and after that they are archived. If a late mail reopens a
 * channel, the time starts again.
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
    // `answeredAfterClosing` is set while nobody has handled a mail to the closed case. People then still need the
    // channel.
    if (state.answeredAfterClosing !== undefined) return []
    if (closedAt === undefined || archiveAfter === 'never' || unclosed.length === 0) return []
    const start = unclosed.reduce(
      (last, [platform]) => latest(last, state.channels[platform]?.openedAt ?? last),
      closedAt,
    )
    const due = after(policy.calendar, start, archiveAfter)
    // A moment is announced only once in each round, and the announcement closes the channels. If only some channels
    // were closed, the others need an announcement in a new round. So each closed channel changes the round's number.
    const round = start + closedForGood(state)
    return [
      { start, due, round, about: 'the channel is archived', moments: [{ fraction: 1, at: due, hears: 'owner' }] },
    ]
  },
})
