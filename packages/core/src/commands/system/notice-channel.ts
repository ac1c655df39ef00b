import type { CaseEvent } from '../../events/case-events.ts'
import { assertNever } from '../../shared/assert-never.ts'
import { readableChannels, requestNextChannelAutomatically } from '../../state/channel-life.ts'
import type { Instant } from '../../shared/instant.ts'
import type { SystemRequest } from '../../vocabulary/command.ts'
import type { Decision } from '../../vocabulary/decision.ts'
import type { CaseState } from '../../state/state.ts'
import type { Channel } from '../../state/channel.ts'

type NoticeChannel = Extract<SystemRequest, { verb: 'notice-channel' }>

/**
 * Records what somebody did to a case's channel. A repeated notice has no effect. For a channel that was already
 * replaced, only two notices are recorded: that it was deleted, and that people outside the case can read it. While the
 * case is open, a channel that nobody can restore is replaced at once, unless channels are being deleted one after
 * another.
 */
export function noticeChannel(state: CaseState, request: NoticeChannel, at: Instant): Decision {
  const events = eventsOf(state, request, at)
  return { ok: true, appends: events.length === 0 ? [] : [{ stream: state.id, events }] }
}

function eventsOf(
  state: CaseState,
  { platform, channel, what, name, waits }: NoticeChannel,
  at: Instant,
): readonly CaseEvent[] {
  const known = state.channels[platform]
  if (known === undefined) return []
  const of = { platform, channel } as const
  if (what === 'exposed') return isHidden(known, channel) ? [{ type: 'ChannelExposed', ...of }] : []
  if (known.channel !== channel) {
    const isDeleted = what === 'deleted' && readableChannels(known).some((one) => one.channel === channel)
    return isDeleted ? [{ type: 'ChannelLost', ...of, how: what }] : []
  }
  switch (what) {
    case 'renamed':
      return name === undefined || name === known.name ? [] : [{ type: 'ChannelRenamed', ...of, name }]
    case 'unarchived':
      return known.gone === 'archived' && known.wanted === undefined ? [{ type: 'ChannelBack', ...of }] : []
    case 'archived':
    case 'deleted':
    case 'bot-removed':
    case 'out-of-reach': {
      // If a person archived the channel, people can unarchive it. So a new channel is opened only when something must
      // be posted.
      const opensNext = waits === true || (what !== 'archived' && state.rm !== 'closed')
      const isNews = known.gone === undefined || (known.gone === 'out-of-reach' && what !== 'out-of-reach')
      const lost: readonly CaseEvent[] = isNews ? [{ type: 'ChannelLost', ...of, how: what }] : []
      return [...lost, ...(opensNext ? requestNextChannelAutomatically(state, platform, at, known.gone ?? what) : [])]
    }
    default:
      return assertNever(what)
  }
}

/** Whether this is one of the case's channels and, as far as is known, only members can read it. */
const isHidden = (known: Channel, channel: string): boolean =>
  readableChannels(known).some((one) => one.channel === channel && one.exposed === undefined)
