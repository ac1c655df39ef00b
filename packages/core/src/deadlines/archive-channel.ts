import { closedForGood, unclosedChannels } from '../state/channel-life.ts'
import { latest } from '../shared/instant.ts'
import { after } from '../policy/calendar.ts'
import { defineDeadline, LAST } from './definition.ts'

/**
 * The case is over: after a time of grace its channels are archived. One that a late mail opens has as much time of its
 * own.
 */
export const archiveChannel = defineDeadline({
  name: 'archive-channel',
  words: 'the channel of a closed case is archived',
  priority: LAST,
  afterClosing: 'only',
  automatic: true,
  runs: ({ policy, state }) => {
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
    // Where some are closed already, their moment was told. What is left has a round of its own.
    const round = start + closedForGood(state)
    return [
      { start, due, round, about: 'the channel is archived', moments: [{ fraction: 1, at: due, hears: 'owner' }] },
    ]
  },
})
