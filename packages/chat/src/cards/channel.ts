import { assertNever, isClosed, isTakenAway, PLATFORM_WORDS } from '@embargo/core'
import type { CaseEvent, CaseState, Instant } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { counted } from '../text/dates.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, outside, plain, strong } from './spans.ts'

/** Events in the life of a channel, for people. */
export type ChannelEvent = Extract<
  CaseEvent,
  {
    type: 'ChannelRenamed' | 'ChannelLost' | 'ChannelBack' | 'ChannelWanted' | 'ChannelExposed' | 'ChannelCleared'
  }
>

/** Names the case by its number only: people who are not on the case may read it. */
export function channelCard(request: {
  readonly state: CaseState
  readonly event: ChannelEvent
  /** When it happened. */
  readonly at: Instant
}): Card {
  const { state, event, at } = request
  const place = PLATFORM_WORDS[event.platform].called
  const known = state.channels[event.platform]
  const parts = { kind: 'notice', notification: notificationOf(state) } as const
  switch (event.type) {
    case 'ChannelRenamed':
      return buildCard({
        ...parts,
        title: `${state.id} · its channel on ${place} was renamed`,
        lines: [
          line(plain('It is called '), outside(event.name), plain(' now.')),
          line('Its name is seen by people who are not on the case: it must say nothing of the vulnerability.'),
        ],
      })
    case 'ChannelLost':
      return buildCard({
        ...parts,
        title: `${state.id} · its channel on ${place} is gone`,
        lines: [
          line(strong(LOST[event.how])),
          line(
            plain(
              known?.wanted === true
                ? 'Another one is being opened, with everybody who is on the case.'
                : known !== undefined && isTakenAway(known)
                  ? `${known.cutShort} channels in a row were gone within an hour of their opening: a person or a bot removes them. Find out who before you open another one. Embargo waits a day before it opens one. Nothing is lost: all of it is in the log.`
                  : 'Another one is opened when there is something to say. Nothing is lost: all of it is in the log.',
            ),
          ),
        ],
        actions: known?.wanted === true ? [] : [{ ...OPEN, input: { case: state.id, ...OPEN.input } }],
      })
    case 'ChannelBack':
      return buildCard({
        ...parts,
        title: `${state.id} · its channel on ${place} is back`,
        lines: [line('Somebody took it out of the archive. The case goes on there.')],
      })
    case 'ChannelWanted':
      return buildCard({
        ...parts,
        title: `${state.id} · channel ${event.nth} on ${place}`,
        lines: [
          line(plain(WHY[event.instead])),
          line(
            plain(
              `The case goes on here as it stands: ${counted(state.reports.length, 'report')}, ${counted(state.messages.length, 'mail')}. What people said in the channel before is not copied.`,
            ),
          ),
        ],
      })
    case 'ChannelExposed':
      if (isClosed(state, event.platform, event.channel))
        return buildCard({
          ...parts,
          title: `${state.id} · more people can read its closed channel on ${place} than were let in`,
          lines: [
            line(strong('Somebody changed who may see it, and nothing more is said in it.')),
            line('Close it to everybody else first, think about what they may have read, and then say so.'),
          ],
          actions: [{ ...OK, input: { case: state.id, ...OK.input, seen: String(at) } }],
        })
      return buildCard({
        ...parts,
        title: `${state.id} · more people can read its channel on ${place} than are on the case`,
        lines: [
          line(strong('Somebody changed who may see it.')),
          line(
            'Nothing more about the case is written there until a team member has looked. What comes meanwhile waits.',
          ),
          line('Close the channel to everybody else first, think about what they may have read, and then say so.'),
        ],
        actions: [{ ...OK, input: { case: state.id, ...OK.input, seen: String(at) } }],
      })
    case 'ChannelCleared':
      if (isClosed(state, event.platform, event.channel))
        return buildCard({
          ...parts,
          title: `${state.id} · its closed channel on ${place} was looked at`,
          lines: [line('A team member has looked at who can read it.')],
        })
      return buildCard({
        ...parts,
        title: `${state.id} · the channel on ${place} is in use again`,
        lines: [line('A team member has looked at who can read it. What waited follows.')],
      })
    default:
      return assertNever(event)
  }
}

const OK = {
  label: 'Only the case’s people can read it again',
  verb: 'settle.channel.ok',
  input: {},
  confirm: 'Did you look at who may see the channel and its category?',
} as const
const OPEN = { label: 'Open another now', verb: 'settle.channel.open', input: {} } as const

const LOST = {
  archived: 'Somebody archived it.',
  deleted: 'Somebody deleted it, and with it what people said there.',
  'bot-removed': 'Embargo was removed from it and can no longer write there.',
  'out-of-reach':
    'It was deleted, or Embargo was removed from it. If it still exists, its members can read everything that was said there.',
} as const

const WHY = {
  archived: 'The channel before was archived by somebody.',
  closed: 'The channel before was archived some time after the case was over.',
  deleted: 'The channel before was deleted by somebody.',
  'bot-removed': 'Embargo was taken out of the channel before.',
  'out-of-reach': 'The channel before was deleted, or Embargo was removed from it.',
} as const
