import type { EmulatorClock } from '@embargo/emulator-kit'
import type { PermissionName } from './permissions.ts'

/** A member to begin with. Ids are digits, as Discord's are. */
export type MemberSeed = {
  readonly id: string
  readonly username: string
  readonly globalName?: string
  /** Role ids. */
  readonly roles?: readonly string[]
  readonly isBot?: boolean
  /** Has not passed the server's screening yet. */
  readonly isPending?: boolean
  /** Came by a guest invitation, for a voice channel. */
  readonly isGuest?: boolean
}

/** A role that exists from the start. Later ones are above earlier ones; the bot's own is above all by default. */
export type RoleSeed = {
  readonly id: string
  readonly name: string
  readonly permissions?: readonly PermissionName[]
  readonly mentionable?: boolean
  /** It belongs to a bot, an integration or those who boost the server, and no bot can give or take it. */
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
  /** Id of a category of the seeds. */
  readonly parent?: string
  readonly topic?: string
  readonly overwrites?: readonly OverwriteSeed[]
}

/** The toggles of the developer portal: https://docs.discord.com/developers/events/gateway#privileged-intents */
export type PrivilegedIntent = 'GuildPresences' | 'GuildMembers' | 'MessageContent'

/**
 * Route buckets, the global limit and the limit of name changes. `speed` 60 lets a minute pass in a second, like
 * Slack's `windowMs: 1000`; the waits in the answers are shortened alike.
 */
export type DiscordRateLimitOption = 'off' | { readonly speed: number }

export type DiscordEmulatorOptions = {
  readonly botToken: string
  readonly application?: {
    readonly id?: string
    readonly name?: string
    readonly botUserId?: string
    /** Whether the account that owns the application has two-factor authentication, as by default. */
    readonly ownerHasTwoFactor?: boolean
  }
  /** Switched on in the portal; by default GuildMembers and MessageContent. */
  readonly privilegedIntents?: readonly PrivilegedIntent[]
  readonly guild?: {
    readonly id?: string
    readonly name?: string
    /** A member; without one, an owner is made up. */
    readonly ownerId?: string
    readonly everyone?: readonly PermissionName[]
    /** Moderators must have two-factor authentication: …/resources/guild#guild-object-mfa-level */
    readonly requiresTwoFactor?: boolean
  }
  readonly members: readonly MemberSeed[]
  readonly roles?: readonly RoleSeed[]
  /** Beside #general, which exists always. */
  readonly channels?: readonly DiscordChannelSeed[]
  readonly bot?: {
    /** False: nobody has invited the bot yet. */
    readonly isInstalled?: boolean
    /** The permissions of the role that came with the invite. */
    readonly permissions?: readonly PermissionName[]
    /** The bot's role is under all others, as in a guild where nobody moved it. */
    readonly isLow?: boolean
  }
  /** Unix milliseconds for ids and times; the machine's clock by default. */
  readonly now?: () => number
  /** Milliseconds for tokens, nonces and rate limits; the machine's monotonic clock by default. */
  readonly monotonic?: EmulatorClock['monotonic']
  readonly limits?: DiscordRateLimitOption
  /** How many channels a category may hold before another is refused. */
  readonly categoryRefusesFrom?: number
  /** How long a first answer may take (3 s), and the heartbeat that HELLO asks for. */
  readonly timing?: { readonly answerMs?: number; readonly heartbeatMs?: number }
}
