import type { CaseEvent } from '../../events/case-events.ts'
import { assertNever } from '../../shared/assert-never.ts'
import { readableChannels, wantedByItself } from '../../state/channel-life.ts'
import type { Instant } from '../../shared/instant.ts'
import type { SystemRequest } from '../../vocabulary/command.ts'
import type { Decision } from '../../vocabulary/decision.ts'
import type { CaseState, Channel } from '../../state/state.ts'

type NoticeChannel = Extract<SystemRequest, { verb: 'notice-channel' }>

/**
 * What somebody did to a case's channel on its platform. Noticed once, and once more where it was not known what became of
 * it. About a channel that another has replaced nothing is said but that others can read it; whether it was deleted is
 * kept. A channel that can come back by nobody's hand is replaced at once, while the case
 * is open, and not where one after another is taken away.
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
      // One that a person archived comes back by a person's hand; until something is to be said in it, it may rest.
      const anew = waits === true || (what !== 'archived' && state.rm !== 'closed')
      const isNews = known.gone === undefined || (known.gone === 'out-of-reach' && what !== 'out-of-reach')
      const lost: readonly CaseEvent[] = isNews ? [{ type: 'ChannelLost', ...of, how: what }] : []
      return [...lost, ...(anew ? wantedByItself(state, platform, at, known.gone ?? what) : [])]
    }
    default:
      return assertNever(what)
  }
}

/** One of the case's channels, which only those who were let in can read, as far as is known. */
const isHidden = (known: Channel, channel: string): boolean =>
  readableChannels(known).some((one) => one.channel === channel && one.exposed === undefined)
