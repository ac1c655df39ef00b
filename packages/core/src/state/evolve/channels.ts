import type { CaseEvent } from '../../events/case-events.ts'
import type { ChannelEvent } from '../../events/case/channels.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { PersonId } from '../../shared/ids.ts'
import { cutShortBy } from '../channel-life.ts'
import type { CaseState } from '../state.ts'
import type { Channel, ChannelTranscript, FormerChannel } from '../channel.ts'

type PlacementEvent = Extract<CaseEvent, { type: 'ChannelOpened' | 'CardPlaced' }>

/** Applies an event about the channels of the case to its state. */
export function withChannelEvent(
  state: CaseState,
  event: ChannelEvent | PlacementEvent,
  { at }: Pick<RecordedEvent, 'at'>,
): CaseState {
  const { platform } = event
  const before = state.channels[platform]
  const after = changed(before, event, at)
  return after === before || after === undefined
    ? state
    : { ...state, channels: { ...state.channels, [platform]: after } }
}

function changed(
  before: Channel | undefined,
  event: ChannelEvent | PlacementEvent,
  at: RecordedEvent['at'],
): Channel | undefined {
  if (event.type === 'ChannelOpened') return opened(before, event, at)
  if (before === undefined) return undefined
  switch (event.type) {
    case 'CardPlaced':
      return { ...before, cards: { ...before.cards, [event.slot]: event.message } }
    case 'ChannelRenamed':
      return { ...before, name: event.name }
    case 'ChannelLost':
      return lost(before, event, at)
    case 'ChannelClosing':
      return event.channel === before.channel
        ? { ...before, gone: 'closed' }
        : withFormer(before, event.channel, (one) => ({ ...one, closed: true }))
    case 'ChannelBack': {
      const { gone: _gone, cutShort: _cutShort, ...rest } = before
      return rest
    }
    case 'ChannelWanted':
      return { ...before, wanted: true }
    case 'ChannelExposed':
      return event.channel === before.channel
        ? { ...before, exposed: at }
        : withFormer(before, event.channel, (one) => ({ ...one, exposed: at }))
    case 'ChannelCleared':
      return event.channel === before.channel ? closedUp(before) : withFormer(before, event.channel, closedUp)
    case 'PersonNotThere':
      return { ...before, missing: [...others(before, event.person), event.person] }
    case 'PersonThere':
      return { ...before, missing: others(before, event.person) }
    case 'ChannelArchived':
    case 'TalkKept': {
      const { channel, transcript, gap } = event
      if (transcript === undefined) return before
      return withTranscript(before, { channel, ...transcript, keptAt: at, ...(gap === undefined ? {} : { gap }) })
    }
    default:
      return assertNever(event)
  }
}

/**
 * Records the loss of a channel. For a former channel, the event means that the channel was deleted, so the channel is
 * removed from the list. If the case's present channel was lost already, only the kind of its loss changes.
 */
function lost(
  before: Channel,
  { channel, how }: Extract<CaseEvent, { type: 'ChannelLost' }>,
  at: RecordedEvent['at'],
): Channel {
  if (channel === before.channel)
    return before.gone === undefined
      ? { ...before, gone: how, cutShort: cutShortBy(before, at) }
      : { ...before, gone: how }
  const { former = [], ...rest } = before
  const stay = former.filter((one) => one.channel !== channel)
  return { ...rest, ...(stay.length === 0 ? {} : { former: stay }) }
}

/**
 * Records a new channel. The previous channel becomes a former channel, unless it was deleted, because then nobody can
 * read it.
 */
function opened(
  before: Channel | undefined,
  event: Extract<CaseEvent, { type: 'ChannelOpened' }>,
  openedAt: RecordedEvent['at'],
): Channel {
  const { channel, name } = event
  const fresh: Channel = { channel, name, openedAt, cards: {} }
  if (before === undefined) return fresh
  const { nth = 1, transcripts, former = [], exposed, cutShort, openedAt: since } = before
  const earlier: FormerChannel = {
    channel: before.channel,
    ...(since === undefined ? {} : { openedAt: since }),
    ...(exposed === undefined ? {} : { exposed }),
    ...(before.gone === 'closed' ? { closed: true } : {}),
  }
  const stay = before.gone === 'deleted' || before.channel === channel ? former : [...former, earlier]
  return {
    ...fresh,
    nth: nth + 1,
    ...(cutShort === undefined ? {} : { cutShort }),
    ...(transcripts === undefined ? {} : { transcripts }),
    ...(stay.length === 0 ? {} : { former: stay }),
  }
}

const withTranscript = (before: Channel, one: ChannelTranscript): Channel => ({
  ...before,
  transcripts: [...(before.transcripts ?? []), one],
})

const withFormer = (before: Channel, channel: string, change: (one: FormerChannel) => FormerChannel): Channel => ({
  ...before,
  former: (before.former ?? []).map((one) => (one.channel === channel ? change(one) : one)),
})

function closedUp<C extends Channel | FormerChannel>({ exposed: _exposed, ...rest }: C): Omit<C, 'exposed'> {
  return rest
}

const others = ({ missing = [] }: Channel, person: PersonId): readonly PersonId[] =>
  missing.filter((one) => one !== person)
