import type { CaseEvent } from '../../events/case-events.ts'
import type { Recorded } from '../../events/recorded.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { CaseState, Channel } from '../state.ts'

export type ChannelEvent = Extract<
  CaseEvent,
  {
    type:
      | 'ChannelOpened'
      | 'CardPlaced'
      | 'ChannelRenamed'
      | 'ChannelLost'
      | 'ChannelBack'
      | 'ChannelWanted'
      | 'ChannelExposed'
      | 'ChannelCleared'
      | 'ChannelClosing'
      | 'ChannelArchived'
  }
>

/** Where people talk about the case, and what became of it. */
export function withChannelEvent(state: CaseState, event: ChannelEvent, { at }: Recorded): CaseState {
  const { platform } = event
  const before = state.channels[platform]
  const after = changed(before, event, at)
  return after === before || after === undefined
    ? state
    : { ...state, channels: { ...state.channels, [platform]: after } }
}

function changed(before: Channel | undefined, event: ChannelEvent, at: Recorded['at']): Channel | undefined {
  if (event.type === 'ChannelOpened') return opened(before, event)
  if (before === undefined) return undefined
  switch (event.type) {
    case 'CardPlaced':
      return { ...before, cards: { ...before.cards, [event.slot]: event.message } }
    case 'ChannelRenamed':
      return { ...before, name: event.name }
    case 'ChannelLost':
      return { ...before, gone: event.how }
    case 'ChannelClosing':
      return { ...before, gone: 'closed' }
    case 'ChannelBack': {
      const { gone: _gone, ...rest } = before
      return rest
    }
    case 'ChannelWanted':
      return { ...before, wanted: true }
    case 'ChannelExposed':
      return { ...before, exposed: at }
    case 'ChannelCleared': {
      const { exposed: _exposed, ...rest } = before
      return rest
    }
    case 'ChannelArchived': {
      const { channel, transcript } = event
      return transcript === undefined
        ? before
        : { ...before, transcripts: [...(before.transcripts ?? []), { channel, ...transcript }] }
    }
    default:
      return assertNever(event)
  }
}

function opened(before: Channel | undefined, event: Extract<CaseEvent, { type: 'ChannelOpened' }>): Channel {
  const { channel, name } = event
  if (before === undefined) return { channel, name, cards: {} }
  const { nth = 1, transcripts } = before
  return { channel, name, cards: {}, nth: nth + 1, ...(transcripts === undefined ? {} : { transcripts }) }
}
