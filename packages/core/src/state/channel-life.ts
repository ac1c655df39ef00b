import type { CaseEvent } from '../events/case-events.ts'
import type { Event } from '../events/recorded-event.ts'
import { Platform } from '../shared/actor.ts'
import { DAY, HOUR, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Append, Decision, World } from '../vocabulary/decision.ts'
import { mergeAppends } from '../vocabulary/merge-appends.ts'
import { isPosted } from '../events/event-visibility.ts'
import type { CaseState } from './state.ts'
import type { Channel, FormerChannel } from './channel.ts'

/**
 * If this many channels in a row are lost soon after they were opened, somebody is assumed to remove them on purpose.
 */
const MAX_CUT_SHORT = 3
const SOON = HOUR
/** How long no channel is opened automatically after `MAX_CUT_SHORT` losses. */
const REST = DAY

/**
 * Counts the channels in a row that were lost soon after they were opened. This channel counts as lost at the instant
 * `at`.
 */
export const cutShortBy = ({ openedAt, cutShort = 0 }: Channel, at: Instant): number =>
  openedAt !== undefined && at < later(openedAt, SOON) ? cutShort + 1 : 0

/**
 * Whether `MAX_CUT_SHORT` or more channels in a row were lost soon after they were opened. Embargo then opens no
 * channel automatically for the time `REST`. During that time, only a person can open the next channel.
 */
export const isTakenAway = ({ cutShort = 0 }: Channel): boolean => cutShort >= MAX_CUT_SHORT

const rests = (known: Channel, at: Instant): boolean =>
  isTakenAway(known) && known.openedAt !== undefined && at < later(known.openedAt, REST)

/**
 * Requests the next channel of a case on a platform automatically, unless channels keep being removed soon after they
 * open.
 */
export function requestNextChannelAutomatically(
  state: CaseState,
  platform: Platform,
  at: Instant,
  instead = state.channels[platform]?.gone,
): readonly CaseEvent[] {
  const known = state.channels[platform]
  if (known === undefined) return []
  const seen = known.gone === undefined ? { ...known, cutShort: cutShortBy(known, at) } : known
  return rests(seen, at) ? [] : requestNextChannel(state, platform, instead)
}

/** Requests the next channel of a case on a platform, unless one is already being opened. */
export function requestNextChannel(
  { channels }: CaseState,
  platform: Platform,
  instead = channels[platform]?.gone,
): readonly CaseEvent[] {
  const known = channels[platform]
  if (known === undefined || known.wanted === true || instead === undefined) return []
  return [{ type: 'ChannelWanted', platform, nth: (known.nth ?? 1) + 1, instead }]
}

/**
 * If something must be posted in a channel that is gone, first opens another channel. In a closed case, only a new mail
 * or a reopening needs another channel.
 */
export function withChannels(decision: Decision, world: World, at: Instant): Decision {
  if (!decision.ok) return decision
  const appends = casesIn(world).flatMap((state): readonly Append[] => {
    const lost = Platform.options.filter((platform) => state.channels[platform]?.gone !== undefined)
    if (lost.length === 0 || !decision.appends.some((append) => isHeardIn(state, append))) return []
    const events = lost.flatMap((platform) => requestNextChannelAutomatically(state, platform, at))
    return events.length === 0 ? [] : [{ stream: state.id, events }]
  })
  return appends.length === 0 ? decision : { ...decision, appends: mergeAppends([...appends, ...decision.appends]) }
}

function casesIn({ case: state, others }: World): readonly CaseState[] {
  const all = [...(state === undefined ? [] : [state]), ...others.values()]
  return all
    .filter((one) => one.kind === 'case')
    .filter((one, at, cases) => cases.findIndex(({ id }) => id === one.id) === at)
}

const isHeardIn = (state: CaseState, { stream, events }: Append): boolean =>
  (stream === state.id || stream === state.release) && events.some((event) => isHeard(state, event))

/** Events about channels themselves. They are announced elsewhere, so they are no reason to open another channel. */
const OF_CHANNELS: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'ChannelRenamed',
  'ChannelLost',
  'ChannelBack',
  'ChannelWanted',
  'ChannelExposed',
  'ChannelCleared',
  'ChannelArchived',
  'TalkKept',
])

const AFTER_CLOSING: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'MessageTakenIn',
  'MessageQuarantined',
  'ReportAttached',
  'ReportJoined',
  'CaseReopened',
])

const isHeard = ({ rm }: CaseState, event: Event): boolean =>
  isPosted(event) && !OF_CHANNELS.has(event.type) && (rm !== 'closed' || AFTER_CLOSING.has(event.type))

/** The platforms that have channels: all but the terminal. */
const WITH_CHANNELS = Platform.options.filter((platform) => platform !== 'terminal')

/**
 * The channels of a case that are not closed yet. They include replaced channels, and channels that were lost but not
 * deleted, because their members may still write there.
 */
export const unclosedChannels = ({ channels }: CaseState): readonly (readonly [Platform, FormerChannel])[] =>
  WITH_CHANNELS.flatMap((platform) => {
    const known = channels[platform]
    // When the current channel is closed, all channels before it are closed too.
    return known === undefined || known.gone === 'closed'
      ? []
      : readableChannels(known)
          .filter(({ closed }) => closed !== true)
          .map((one) => [platform, one] as const)
  })

/** How many channels of a case were closed when the case ended. */
export const closedForGood = ({ channels }: CaseState): number =>
  WITH_CHANNELS.flatMap((platform) => {
    const known = channels[platform]
    return known === undefined ? [] : [known.gone === 'closed', ...(known.former ?? []).map(({ closed }) => closed)]
  }).filter((closed) => closed === true).length

/** The events that close the channels of a case for new posts. */
export const closingChannels = (state: CaseState): readonly CaseEvent[] =>
  unclosedChannels(state).map(([platform, { channel }]) => ({ type: 'ChannelClosing', platform, channel }))

/** The channels that a case has on one platform and that somebody can still read, the present one last. */
export const readableChannels = (known: Channel): readonly FormerChannel[] => [
  ...(known.former ?? []),
  ...(known.gone === 'deleted' ? [] : [known]),
]

/** Channels that are no longer used; their members can still read them. */
export const closedChannels = (known: Channel): readonly FormerChannel[] =>
  readableChannels(known).filter(({ channel }) => channel !== known.channel || known.gone !== undefined)

/** Whether this channel of the case is closed to new posts. */
export function isClosed({ channels }: CaseState, platform: Platform, channel: string): boolean {
  const known = channels[platform]
  return known !== undefined && closedChannels(known).some((one) => one.channel === channel)
}

/**
 * Whether a channel may be deleted to make room on its platform. The case must be closed, the channel archived and its
 * messages stored. No mail that came after closing may wait for an answer.
 */
export function mayMakeRoom(state: CaseState, platform: Platform, channel: string): boolean {
  const known = state.channels[platform]
  if (known === undefined || state.rm !== 'closed' || state.answeredAfterClosing !== undefined) return false
  const isArchived =
    known.channel === channel
      ? known.gone === 'closed'
      : (known.former ?? []).some((one) => one.channel === channel && (one.closed === true || known.gone === 'closed'))
  return isArchived && (known.transcripts ?? []).some((one) => one.channel === channel)
}
