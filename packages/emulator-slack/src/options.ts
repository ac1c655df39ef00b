import type { EmulatorClock } from '@embargo/emulator-kit'

/** A member of the workspace at the start. `realName` defaults to the name. */
export type UserSeed = {
  readonly id: string
  readonly name: string
  readonly realName?: string
  readonly email?: string
  readonly timeZone?: string
  readonly isBot?: boolean
  readonly isDeleted?: boolean
  readonly isGuest?: boolean
  readonly isStranger?: boolean
}

export type UserGroupSeed = {
  readonly id: string
  readonly handle: string
  readonly name?: string
  readonly users: readonly string[]
  readonly isDisabled?: boolean
}

export type ChannelSeed = {
  readonly id?: string
  readonly name: string
  readonly private?: boolean
  readonly members: readonly string[]
  readonly externallyShared?: boolean
}

/** A slash command of the app's manifest; `shouldEscape` is on by default. */
export type CommandSeed = string | { readonly command: string; readonly shouldEscape?: boolean }

/**
 * Rate limits by method tier, and one post a second in each channel. With a window shorter than a minute, a test need
 * not wait a minute for a limit to end.
 */
export type RateLimitOption = 'off' | { readonly windowMs: number }

export type SlackEmulatorOptions = {
  readonly team?: { readonly id: string; readonly name?: string; readonly domain?: string }
  readonly users: readonly UserSeed[]
  readonly userGroups?: readonly UserGroupSeed[]
  /** Channels besides #general, which always exists and contains every person. */
  readonly channels?: readonly ChannelSeed[]
  /** The app token, `xapp-…`, with connections:write. */
  readonly appToken: string
  /** The bot token, `xoxb-…`, with `scopes`. */
  readonly botToken: string
  readonly scopes: readonly string[]
  readonly app?: { readonly id?: string; readonly botId?: string; readonly userId?: string; readonly name?: string }
  /** The commands of the app. If absent, every command name is accepted. */
  readonly commands?: readonly CommandSeed[]
  /** The bot events to which the app subscribes, as in a manifest; if absent, all that the scopes allow. */
  readonly events?: readonly string[]
  /** The callback_id of each shortcut in the manifest. If absent, every callback_id is accepted. */
  readonly shortcuts?: readonly string[]
  /** Whether the Home tab is switched on, as in `features.app_home` of a manifest; on by default. */
  readonly home?: boolean
  /** The Enterprise Grid organisation that the workspace belongs to. If it is set, payloads name it. */
  readonly enterprise?: { readonly id: string; readonly name?: string; readonly orgInstall?: boolean }
  /** Unix milliseconds for message timestamps; the machine's clock by default. */
  readonly now?: () => number
  /**
   * The clock for triggers, response URLs and rate limits, in milliseconds; the machine's monotonic clock by default.
   */
  readonly monotonic?: EmulatorClock['monotonic']
  /** The seed that decides which socket gets a payload. */
  readonly seed?: number
  readonly limits?: RateLimitOption
  /** How long an acknowledgement may take (3 s by default), and when an unacknowledged event is sent again. */
  readonly timing?: { readonly ackMs?: number; readonly eventRetryMs?: readonly number[] }
}
