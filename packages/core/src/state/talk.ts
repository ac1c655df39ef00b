import type { CaseEvent } from '../events/case-events.ts'
import { HOUR, later, latest } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Outcome } from '../vocabulary/command.ts'
import type { CaseState } from './state.ts'
import type { Gap } from './channel.ts'

type TalkOutcome = Extract<Outcome, { is: 'talk-kept' }>
type ArchiveOutcome = Extract<Outcome, { is: 'channel-archived' }>

/**
 * A channel's first card is posted soon after the channel opens. If the first stored message is more than this much
 * later than the opening, earlier messages are missing.
 */
const SOON = HOUR

/** The event that stores a channel's messages, with the period whose messages are missing, if any. */
export function talkKept(state: CaseState, { platform, channel, transcript, from }: TalkOutcome): CaseEvent {
  const gap = gapBefore(state, { platform, channel, from })
  return { type: 'TalkKept', platform, channel, transcript, ...(gap === undefined ? {} : { gap }) }
}

/** The event that archives a channel, with its stored messages and the period whose messages are missing, if any. */
export function channelArchived(
  state: CaseState | undefined,
  { platform, channel, transcript, from }: ArchiveOutcome,
): CaseEvent {
  const gap = state === undefined || from === undefined ? undefined : gapBefore(state, { platform, channel, from })
  return {
    type: 'ChannelArchived',
    platform,
    channel,
    ...(transcript === undefined ? {} : { transcript, ...(gap === undefined ? {} : { gap }) }),
  }
}

/**
 * The period whose messages are missing. It begins when messages were last stored or, if none were stored, when the
 * channel was opened. It ends with the first message that still exists.
 */
function gapBefore(
  { channels }: CaseState,
  { platform, channel, from }: Pick<TalkOutcome, 'platform' | 'channel' | 'from'>,
): Gap | undefined {
  const known = channels[platform]
  const earlier = (known?.transcripts ?? []).filter((one) => one.channel === channel).map(({ keptAt }) => keptAt)
  const openedAt = [known, ...(known?.former ?? [])].find((one) => one?.channel === channel)?.openedAt
  const since = [...earlier, ...(openedAt === undefined ? [] : [openedAt])].reduce<Instant | undefined>(
    (last, each) => (last === undefined ? each : latest(last, each)),
    undefined,
  )
  return since === undefined || from <= later(since, SOON) ? undefined : { since, until: from }
}
