import type { BlobId, PersonId, Sha256 } from '../shared/ids.ts'
import type { ChannelLoss } from '../events/case/channels.ts'
import type { Instant } from '../shared/instant.ts'

export type Channel = {
  readonly channel: string
  readonly name: string
  readonly cards: Readonly<Record<string, string>>
  /** How many channels the case has had on the platform, including this one; 1 if absent. */
  readonly nth?: number
  /** Set if nothing is posted in the channel any more; `closed` if we closed it. */
  readonly gone?: ChannelLoss | 'closed'
  /** Set while another channel is being opened in place of this one. */
  readonly wanted?: true
  readonly openedAt?: Instant
  /** How many channels in a row were lost soon after they were opened, including this one. */
  readonly cutShort?: number
  /**
   * Since when people who are not on the case can read the channel. Nothing is posted there until somebody has checked
   * who can read it.
   */
  readonly exposed?: Instant
  /** The stored transcripts of this channel and of the channels that it replaced. */
  readonly transcripts?: readonly ChannelTranscript[]
  /** The channels that this channel replaced. Until a former channel is deleted, its members can read it. */
  readonly former?: readonly FormerChannel[]
  /** People on the case who are not in the channel, as far as Embargo has noticed. */
  readonly missing?: readonly PersonId[]
}

/** A former channel of a case, in which nothing more is posted. */
export type FormerChannel = {
  readonly channel: string
  readonly openedAt?: Instant
  /** Set if people whom we did not invite can read the channel. */
  readonly exposed?: Instant
  /** Set if Embargo closed this channel. */
  readonly closed?: true
}

/** The messages of a channel, sealed. */
export type ChannelTranscript = {
  readonly channel: string
  readonly blob: BlobId
  readonly sha256: Sha256
  readonly lines: number
  readonly keptAt: Instant
  /** A period whose messages the platform had deleted before they were stored. */
  readonly gap?: Gap
}

export type Gap = { readonly since: Instant; readonly until: Instant }
