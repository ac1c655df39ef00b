import type { Actor, ChannelLoss, EffectId, Instant, PersonId, Platform } from '@embargo/core'
import type { Card } from './card.ts'

export type ChannelRef = { readonly channel: string; readonly name: string }

/** The failure of a call to an external service. `unknown`: the call may have succeeded. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError'
  readonly code: 'refused' | 'rate-limited' | 'unreachable' | 'unknown'
  /** How long the service asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined
  /**
   * The rate limit concerns more than one channel: until it ends, any effect of this kind would be refused. Never set
   * without `retryAfterMs`.
   */
  readonly forAll: boolean
  /**
   * Nothing was done, and the call will fail until a person changes a setting, which the message names. The effect is
   * retried without limit. With `forAll`, every effect of this kind fails until then.
   */
  readonly forAPerson: boolean
  /** The whole service is unreachable or refuses everything. All effects for it wait, and none of their tries count. */
  readonly away: boolean
  /**
   * No channel can be opened until a person makes room, or changes a setting; existing channels work. Never set without
   * `forAPerson`.
   */
  readonly noRoom: boolean
  /**
   * Set if the channel no longer accepts messages: what happened to the channel. Nothing was posted then. Only set with
   * the code `refused`.
   */
  readonly gone: ChannelLoss | undefined
  /** The message to be edited is gone, but its channel is not. Only set with the code `refused`. */
  readonly messageGone: boolean
  constructor(
    code: OutsideError['code'],
    message: string,
    options: {
      readonly cause?: unknown
      readonly retryAfterMs?: number
      readonly forAll?: boolean
      readonly forAPerson?: boolean
      readonly away?: boolean
      readonly noRoom?: boolean
      readonly gone?: ChannelLoss
      readonly messageGone?: boolean
    } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.retryAfterMs = options.retryAfterMs
    this.forAll = options.forAll ?? false
    this.away = options.away ?? false
    this.noRoom = options.noRoom ?? false
    this.forAPerson = options.forAPerson ?? false
    this.gone = options.gone
    this.messageGone = options.messageGone ?? false
  }
}

/** One message of a channel, as its archive stores it. */
export type TranscriptLine = {
  readonly at: Instant
  /** The author's name, as the platform shows it. */
  readonly author: string
  readonly text: string
  /** The names of the files that are attached to the message. */
  readonly files: readonly string[]
}

/** How many channels a platform has, and how many it allows. Archived channels and categories count too. */
export type ChannelRoom = { readonly used: number; readonly most: number }

/** The readers of a channel. */
export type Audience = {
  readonly channel: string
  /** People who were not let in one by one can read the channel too: it is public, shared, or open to a role. */
  readonly isOpen: boolean
  /** The accounts that were let in one by one, without ours; empty if the platform does not say. */
  readonly accounts: readonly string[]
}

/**
 * One chat platform. A call that fails throws `OutsideError`. With `lookUp`, an earlier attempt may already have
 * performed the effect, so the adapter first searches for the mark that the earlier attempt left. If the adapter finds
 * the mark, it returns the earlier result and does not repeat the effect.
 */
export type ChatPlatform = {
  readonly platform: Platform
  /**
   * `unlessOpen`: a channel that an earlier call opened for this effect is not used if people outside the team can read
   * the channel by now (see `audience`). Another channel is opened instead.
   */
  openChannel(request: {
    readonly effect: EffectId
    readonly name: string
    readonly lookUp: boolean
    readonly unlessOpen?: true
  }): Promise<ChannelRef>
  /**
   * Invites people to the channel, except people without an account on the platform. It is no failure if somebody is
   * already in the channel.
   */
  invite(request: { readonly channel: string; readonly people: readonly PersonId[] }): Promise<void>
  /**
   * Removes people from the channel, and accounts that no longer belong to anybody. It is no failure if somebody is not
   * in the channel or has no account on the platform.
   */
  remove(request: {
    readonly channel: string
    readonly people: readonly PersonId[]
    readonly accounts?: readonly string[]
  }): Promise<void>
  post(request: {
    readonly effect: EffectId
    readonly channel: string
    readonly card: Card
    readonly pin: boolean
    readonly lookUp: boolean
    /** Who caused the post; absent if no event requested it. */
    readonly by?: Actor
  }): Promise<{ readonly message: string }>
  /**
   * The readers of the channels that were opened for an effect, and of the channels in `seen` that still exist. Callers
   * pass the channels that they have seen, because a platform may no longer list one that somebody made public.
   */
  audience(request: { readonly effect: EffectId; readonly seen: readonly string[] }): Promise<readonly Audience[]>
  /**
   * Closes the channel to posts; its members may still read it, if the platform allows that. A channel that is already
   * archived counts as success.
   */
  archiveChannel(request: { readonly channel: string }): Promise<void>
  /** How many channels exist on a platform that limits them, as last seen; absent without a limit. */
  room?(): ChannelRoom | undefined
  /** The messages of a channel, by people and by us, the oldest first. */
  transcript(request: { readonly channel: string }): Promise<readonly TranscriptLine[]>
  update(request: { readonly channel: string; readonly message: string; readonly card: Card }): Promise<void>
}
