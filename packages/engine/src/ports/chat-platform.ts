import type { ChannelLoss, EffectId, Instant, PersonId, Platform } from '@embargo/core'
import type { Card } from './card.ts'

export type ChannelRef = { readonly channel: string; readonly name: string }

/** How a call to the outside ended. `unknown`: it may have happened. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError'
  readonly code: 'refused' | 'rate-limited' | 'unreachable' | 'unknown'
  /** How long the outside asked us to wait, milliseconds. */
  readonly retryAfterMs: number | undefined
  /**
   * The limit is not one channel's: whatever effect of this kind came next would be told the same until then. Always with
   * `retryAfterMs`.
   */
  readonly forAll: boolean
  /**
   * Nothing was done, and nothing will be until a person changes a setting: it is tried again however long that takes, and
   * the message, which names the setting, may be logged. With `forAll`, no effect of this kind can be done meanwhile.
   */
  readonly forAPerson: boolean
  /**
   * The outside as a whole cannot be reached, or refuses everything: what else is to be done there would end the same way.
   * It waits, and no try of it counts.
   */
  readonly away: boolean
  /** No channel can be opened until a person makes room, or turns a switch; what has one goes on. Always with `forAPerson`. */
  readonly noRoom: boolean
  /** The channel cannot be written in any more, and nothing was written: what became of it. Always with `refused`. */
  readonly gone: ChannelLoss | undefined
  /** The message that was to be edited is gone, and its channel is not. Always with `refused`. */
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

/** One message of a channel, as its archive keeps it. */
export type TranscriptLine = {
  readonly at: Instant
  /** The name of who wrote, as the platform shows it. */
  readonly author: string
  readonly text: string
  /** The names of the files with it. */
  readonly files: readonly string[]
}

/** Channels of a platform, archived ones and categories among them. */
export type ChannelRoom = { readonly used: number; readonly most: number }

/** Who can read in a channel. */
export type Audience = {
  readonly channel: string
  /** More people than are let in one by one: it is public, shared, or a role is let in. */
  readonly isOpen: boolean
  /** Those who are let in one by one, without us; empty where the platform does not say. */
  readonly accounts: readonly string[]
}

/**
 * One chat platform. Every call throws `OutsideError`. With `lookUp` the effect may have happened before: the adapter
 * looks for its own mark first and returns what it finds instead of doing it twice.
 */
export type ChatPlatform = {
  readonly platform: Platform
  /** `unlessOpen`: one that is open by now, as `audience` says, is not found again; another is opened beside it. */
  openChannel(request: {
    readonly effect: EffectId
    readonly name: string
    readonly lookUp: boolean
    readonly unlessOpen?: true
  }): Promise<ChannelRef>
  /** People without an account on the platform are left out; already there is success. */
  invite(request: { readonly channel: string; readonly people: readonly PersonId[] }): Promise<void>
  /**
   * Takes people out of the channel, and accounts that are nobody's any more. People without an account on the platform
   * are left out; not there is success.
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
  }): Promise<{ readonly message: string }>
  /**
   * Who can read in the channels that were opened for an effect, and in others that were seen before and are there still.
   * Opens none. A platform may hide a channel of the effect that others made public: `seen` finds it.
   */
  audience(request: { readonly effect: EffectId; readonly seen: readonly string[] }): Promise<readonly Audience[]>
  /** Nobody writes in it any more; its members may read it, where the platform allows that. Done already is success. */
  archiveChannel(request: { readonly channel: string }): Promise<void>
  /** How many channels there are where the platform holds a number of them, as it was last seen; absent without a limit. */
  room?(): ChannelRoom | undefined
  /** What people and we said in a channel, the oldest first. */
  transcript(request: { readonly channel: string }): Promise<readonly TranscriptLine[]>
  update(request: { readonly channel: string; readonly message: string; readonly card: Card }): Promise<void>
}
