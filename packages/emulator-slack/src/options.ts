import type { EmulatorClock } from '@embargo/emulator-kit'

/** A member to begin with. `realName` defaults to the name. */
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

/** A slash command of the app's manifest; `shouldEscape` is on unless it says otherwise. */
export type CommandSeed = string | { readonly command: string; readonly shouldEscape?: boolean }

/** Rate limits by method tier, and one post a second for each channel. A shorter window makes them testable. */
export type RateLimitOption = 'off' | { readonly windowMs: number }

export type SlackEmulatorOptions = {
  readonly team?: { readonly id: string; readonly name?: string; readonly domain?: string }
  readonly users: readonly UserSeed[]
  readonly userGroups?: readonly UserGroupSeed[]
  /** Beside #general, which exists always and holds every person. */
  readonly channels?: readonly ChannelSeed[]
  /** `xapp-…`, with connections:write. */
  readonly appToken: string
  /** `xoxb-…`, with `scopes`. */
  readonly botToken: string
  readonly scopes: readonly string[]
  readonly app?: { readonly id?: string; readonly botId?: string; readonly userId?: string; readonly name?: string }
  /** The commands that exist; without the list, every command does. */
  readonly commands?: readonly CommandSeed[]
  /** The bot events subscribed to, as in a manifest; without the list, all that the scopes allow. */
  readonly events?: readonly string[]
  /** The shortcuts of the manifest, by callback_id; without the list, every one exists. */
  readonly shortcuts?: readonly string[]
  /** Whether the Home tab is switched on, as `features.app_home` of a manifest says; it is on by default. */
  readonly home?: boolean
  /** The organisation of an Enterprise Grid that the workspace belongs to, as payloads then say. */
  readonly enterprise?: { readonly id: string; readonly name?: string; readonly orgInstall?: boolean }
  /** Unix milliseconds for message timestamps; the machine's clock by default. */
  readonly now?: () => number
  /** Milliseconds for triggers, response URLs and rate limits; the machine's monotonic clock by default. */
  readonly monotonic?: EmulatorClock['monotonic']
  /** Decides which socket gets a payload. */
  readonly seed?: number
  readonly limits?: RateLimitOption
  /** How long an acknowledgement may take (3 s), and after how long an event is sent again. */
  readonly timing?: { readonly ackMs?: number; readonly eventRetryMs?: readonly number[] }
}
