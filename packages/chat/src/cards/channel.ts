import { assertNever, isClosed, isTakenAway, PLATFORM_WORDS } from '@embargo/core'
import type { CaseEvent, CaseState, Instant } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { counted } from '../text/dates.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, outside, plain, strong } from './spans.ts'

/** Events of a channel that people must know about. */
export type ChannelEvent = Extract<
  CaseEvent,
  {
    type: 'ChannelRenamed' | 'ChannelLost' | 'ChannelBack' | 'ChannelWanted' | 'ChannelExposed' | 'ChannelCleared'
  }
>

/** Gives only the number of the case, because people who are not on the case can perhaps read this card. */
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
          line(
            'People who are not on the case can see the channel’s name, so it must not reveal anything about the vulnerability.',
          ),
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
                ? 'A new channel is being opened, with everybody who is on the case.'
                : known !== undefined && isTakenAway(known)
                  ? `${known.cutShort} channels in a row disappeared within an hour of their opening, so a person or a bot must be removing them. Find out who before you open another channel. Embargo waits a day before it opens one. Nothing is lost: everything is in the log.`
                  : 'A new channel is opened when something must be posted. Nothing is lost: everything is in the log.',
            ),
          ),
        ],
        actions: known?.wanted === true ? [] : [{ ...OPEN, input: { case: state.id, ...OPEN.input } }],
      })
    case 'ChannelBack':
      return buildCard({
        ...parts,
        title: `${state.id} · its channel on ${place} is back`,
        lines: [line('Somebody unarchived it. The case continues there.')],
      })
    case 'ChannelWanted':
      return buildCard({
        ...parts,
        title: `${state.id} · channel ${event.nth} on ${place}`,
        lines: [
          line(plain(WHY[event.instead])),
          line(
            plain(
              `The case continues here, with ${counted(state.reports.length, 'report')}, ${counted(state.messages.length, 'mail')}. What people said in the previous channel is not copied.`,
            ),
          ),
        ],
      })
    case 'ChannelExposed':
      if (isClosed(state, event.platform, event.channel))
        return buildCard({
          ...parts,
          title: `${state.id} · people who were not let in can read its closed channel on ${place}`,
          lines: [
            line(strong('Somebody changed who may see it. Embargo no longer posts in it.')),
            line(
              'First close the channel to everybody else. Then consider what they may have read, and press the button.',
            ),
          ],
          actions: [{ ...OK, input: { case: state.id, ...OK.input, seen: String(at) } }],
        })
      return buildCard({
        ...parts,
        title: `${state.id} · people who are not on the case can read its channel on ${place}`,
        lines: [
          line(strong('Somebody changed who may see it.')),
          line(
            'Embargo posts nothing more about the case there until a team member has checked the channel. New messages wait.',
          ),
          line(
            'First close the channel to everybody else. Then consider what they may have read, and press the button.',
          ),
        ],
        actions: [{ ...OK, input: { case: state.id, ...OK.input, seen: String(at) } }],
      })
    case 'ChannelCleared':
      if (isClosed(state, event.platform, event.channel))
        return buildCard({
          ...parts,
          title: `${state.id} · its closed channel on ${place} was checked`,
          lines: [line('A team member has checked who can read it.')],
        })
      return buildCard({
        ...parts,
        title: `${state.id} · the channel on ${place} is in use again`,
        lines: [line('A team member has checked who can read it. The waiting messages follow.')],
      })
    default:
      return assertNever(event)
  }
}

const OK = {
  label: 'Only people on the case can read it now',
  verb: 'settle.channel.ok',
  input: {},
  confirm: 'Did you check who may see the channel and its category?',
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
  archived: 'Somebody archived the previous channel.',
  closed: 'The previous channel was archived some time after the case closed.',
  deleted: 'Somebody deleted the previous channel.',
  'bot-removed': 'Embargo was removed from the previous channel.',
  'out-of-reach': 'The previous channel was deleted, or Embargo was removed from it.',
} as const
