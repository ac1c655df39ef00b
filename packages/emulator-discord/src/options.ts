import type { EmulatorClock } from '@embargo/emulator-kit'
import type { PermissionName } from './permissions.ts'

/** A member of the server at the start. Ids are digits, as in Discord. */
export type MemberSeed = {
  readonly id: string
  readonly username: string
  readonly globalName?: string
  /** The ids of the member's roles. */
  readonly roles?: readonly string[]
  readonly isBot?: boolean
  /** Whether the member has not passed the server's screening yet. */
  readonly isPending?: boolean
  /** Whether the member came by a guest invitation, for a voice channel. */
  readonly isGuest?: boolean
}

/**
 * A role that exists from the start. In the list of roles, later roles are above earlier ones. By default the bot's
 * role is above all of them.
 */
export type RoleSeed = {
  readonly id: string
  readonly name: string
  readonly permissions?: readonly PermissionName[]
  readonly mentionable?: boolean
  /**
   * Whether the role belongs to a bot, an integration or the boosters of the server, so that no bot can give or take
   * it.
   */
  readonly managed?: boolean
}

export type OverwriteSeed = {
  readonly id: string
  readonly type: 'role' | 'member'
  readonly allow?: readonly PermissionName[]
  readonly deny?: readonly PermissionName[]
}

export type DiscordChannelSeed = {
  readonly id?: string
  readonly name: string
  readonly kind?: 'text' | 'category'
  /** The id of a category in the same list. */
  readonly parent?: string
  readonly topic?: string
  readonly overwrites?: readonly OverwriteSeed[]
}

/** The toggles of the developer portal: https://docs.discord.com/developers/events/gateway#privileged-intents */
export type PrivilegedIntent = 'GuildPresences' | 'GuildMembers' | 'MessageContent'

/**
 * The rate limits: one for each route, the global limit, and the limit of changes to a channel's name. With `speed` 60,
 * a minute of these limits passes in a second. The waiting times in responses are shortened in the same way.
 */
export type DiscordRateLimitOption = 'off' | { readonly speed: number }

export type DiscordEmulatorOptions = {
  readonly botToken: string
  readonly application?: {
    readonly id?: string
    readonly name?: string
    readonly botUserId?: string
    /** Whether the account that owns the application has two-factor authentication; true by default. */
    readonly ownerHasTwoFactor?: boolean
  }
  /** The intents that are on in the portal; by default GuildMembers and MessageContent. */
  readonly privilegedIntents?: readonly PrivilegedIntent[]
  readonly guild?: {
    readonly id?: string
    readonly name?: string
    /** The member who owns the server; if absent, an owner is invented. */
    readonly ownerId?: string
    readonly everyone?: readonly PermissionName[]
    /** Whether moderators must have two-factor authentication: …/resources/guild#guild-object-mfa-level */
    readonly requiresTwoFactor?: boolean
  }
  readonly members: readonly MemberSeed[]
  readonly roles?: readonly RoleSeed[]
  /** Channels besides #general, which always exists. */
  readonly channels?: readonly DiscordChannelSeed[]
  readonly bot?: {
    /** Whether somebody has invited the bot; true by default. */
    readonly isInstalled?: boolean
    /** The permissions of the role that came with the invite. */
    readonly permissions?: readonly PermissionName[]
    /** Whether the bot's role is below all others, as in a guild where nobody moved it. */
    readonly isLow?: boolean
  }
  /** Unix milliseconds for ids and times; the machine's clock by default. */
  readonly now?: () => number
  /** Milliseconds for tokens, nonces and rate limits; the machine's monotonic clock by default. */
  readonly monotonic?: EmulatorClock['monotonic']
  readonly limits?: DiscordRateLimitOption
  /** A category with this many channels refuses another channel. */
  readonly categoryRefusesFrom?: number
  /** How long a first answer may take (3 s by default), and the heartbeat interval that HELLO requests. */
  readonly timing?: { readonly answerMs?: number; readonly heartbeatMs?: number }
}
