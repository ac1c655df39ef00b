import type { Channel, Member, Overwrite, Role } from './state.ts'

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
export const PERMISSIONS = {
  CREATE_INSTANT_INVITE: 1n << 0n,
  KICK_MEMBERS: 1n << 1n,
  BAN_MEMBERS: 1n << 2n,
  ADMINISTRATOR: 1n << 3n,
  MANAGE_CHANNELS: 1n << 4n,
  MANAGE_GUILD: 1n << 5n,
  ADD_REACTIONS: 1n << 6n,
  VIEW_AUDIT_LOG: 1n << 7n,
  PRIORITY_SPEAKER: 1n << 8n,
  STREAM: 1n << 9n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  SEND_TTS_MESSAGES: 1n << 12n,
  MANAGE_MESSAGES: 1n << 13n,
  EMBED_LINKS: 1n << 14n,
  ATTACH_FILES: 1n << 15n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  MENTION_EVERYONE: 1n << 17n,
  USE_EXTERNAL_EMOJIS: 1n << 18n,
  VIEW_GUILD_INSIGHTS: 1n << 19n,
  CONNECT: 1n << 20n,
  SPEAK: 1n << 21n,
  MUTE_MEMBERS: 1n << 22n,
  DEAFEN_MEMBERS: 1n << 23n,
  MOVE_MEMBERS: 1n << 24n,
  USE_VAD: 1n << 25n,
  CHANGE_NICKNAME: 1n << 26n,
  MANAGE_NICKNAMES: 1n << 27n,
  MANAGE_ROLES: 1n << 28n,
  MANAGE_WEBHOOKS: 1n << 29n,
  MANAGE_GUILD_EXPRESSIONS: 1n << 30n,
  USE_APPLICATION_COMMANDS: 1n << 31n,
  REQUEST_TO_SPEAK: 1n << 32n,
  MANAGE_EVENTS: 1n << 33n,
  MANAGE_THREADS: 1n << 34n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  CREATE_PRIVATE_THREADS: 1n << 36n,
  USE_EXTERNAL_STICKERS: 1n << 37n,
  SEND_MESSAGES_IN_THREADS: 1n << 38n,
  USE_EMBEDDED_ACTIVITIES: 1n << 39n,
  MODERATE_MEMBERS: 1n << 40n,
  VIEW_CREATOR_MONETIZATION_ANALYTICS: 1n << 41n,
  USE_SOUNDBOARD: 1n << 42n,
  CREATE_GUILD_EXPRESSIONS: 1n << 43n,
  CREATE_EVENTS: 1n << 44n,
  USE_EXTERNAL_SOUNDS: 1n << 45n,
  SEND_VOICE_MESSAGES: 1n << 46n,
  SET_VOICE_CHANNEL_STATUS: 1n << 48n,
  SEND_POLLS: 1n << 49n,
  USE_EXTERNAL_APPS: 1n << 50n,
  PIN_MESSAGES: 1n << 51n,
  BYPASS_SLOWMODE: 1n << 52n,
} as const satisfies Readonly<Record<string, bigint>>

/** A permission's name as Discord's reference spells it. */
export type PermissionName = keyof typeof PERMISSIONS

/** Every permission bit. */
export const ALL_PERMISSIONS: bigint = Object.values(PERMISSIONS).reduce((all, bit) => all | bit, 0n)

/** The bits of some permissions. */
export const bitsOf = (names: readonly PermissionName[]): bigint =>
  names.reduce((bits, name) => bits | PERMISSIONS[name], 0n)

/** Whether `granted` has every bit of `required`. */
export const allows = (granted: bigint, required: bigint): boolean => (granted & required) === required

/** The names of some bits, in the reference's order. */
export const namesOf = (bits: bigint): readonly PermissionName[] =>
  permissionNames().filter((name) => (bits & PERMISSIONS[name]) !== 0n)

// Object.keys returns `string[]`, but every key of PERMISSIONS is a PermissionName.
const permissionNames = (): readonly PermissionName[] => Object.keys(PERMISSIONS) as PermissionName[]

/** The parts of a guild from which permissions are computed. */
export type GuildPermissions = {
  readonly id: string
  readonly ownerId: string
  readonly roles: ReadonlyMap<string, Role>
}

/**
 * A member's permissions in the guild: those of @everyone and of all the member's roles. The owner and administrators
 * have every permission. https://docs.discord.com/developers/topics/permissions#permission-hierarchy
 */
export const guildPermissions = (guild: GuildPermissions, member: Member): bigint => {
  if (member.user.id === guild.ownerId) return ALL_PERMISSIONS
  const roles = [guild.id, ...member.roles].map((id) => guild.roles.get(id)?.permissions ?? 0n)
  const granted = roles.reduce((all, bits) => all | bits, 0n)
  return allows(granted, PERMISSIONS.ADMINISTRATOR) ? ALL_PERMISSIONS : granted
}

const applied = (bits: bigint, overwrites: readonly Overwrite[]): bigint => {
  const deny = overwrites.reduce((all, each) => all | each.deny, 0n)
  const allow = overwrites.reduce((all, each) => all | each.allow, 0n)
  return (bits & ~deny) | allow
}

/** Permissions that are denied too if SEND_MESSAGES is denied: …/topics/permissions#implicit-permissions */
const SPEECH = bitsOf(['MENTION_EVERYONE', 'SEND_TTS_MESSAGES', 'ATTACH_FILES', 'EMBED_LINKS'])

/**
 * A member's permissions in a channel: those in the guild, then the overwrites of @everyone, of all roles together, and
 * of the member. A member who may not see a channel has no permissions in it.
 * https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export const channelPermissions = (
  guild: GuildPermissions,
  member: Member,
  channel: Pick<Channel, 'overwrites'>,
): bigint => {
  const bits = grantedIn(guild, member, channel)
  return allows(bits, PERMISSIONS.SEND_MESSAGES) ? bits : bits & ~SPEECH
}

/**
 * A member's permissions in a thread: those in the parent channel, except that writing needs SEND_MESSAGES_IN_THREADS.
 * A private thread is visible only to its members and to people who may manage threads.
 * https://docs.discord.com/developers/topics/permissions#inherited-permissions-threads
 */
export const threadPermissions = (
  guild: GuildPermissions,
  member: Member,
  place: Pick<Channel, 'thread'> & { readonly parent: Pick<Channel, 'overwrites'> },
): bigint => {
  const bits = grantedIn(guild, member, place.parent)
  const { thread } = place
  const isIn = thread?.isPrivate !== true || thread.members.has(member.user.id)
  if (!isIn && !allows(bits, PERMISSIONS.MANAGE_THREADS)) return 0n
  const speaks = allows(bits, PERMISSIONS.SEND_MESSAGES_IN_THREADS)
  return speaks ? bits | PERMISSIONS.SEND_MESSAGES : bits & ~(PERMISSIONS.SEND_MESSAGES | SPEECH)
}

const grantedIn = (guild: GuildPermissions, member: Member, channel: Pick<Channel, 'overwrites'>): bigint => {
  const base = guildPermissions(guild, member)
  if (allows(base, PERMISSIONS.ADMINISTRATOR)) return ALL_PERMISSIONS
  const everyone = channel.overwrites.filter((each) => each.id === guild.id)
  const roles = channel.overwrites.filter((each) => each.type === 0 && member.roles.has(each.id))
  const own = channel.overwrites.filter((each) => each.type === 1 && each.id === member.user.id)
  const bits = applied(applied(applied(base, everyone), roles), own)
  return allows(bits, PERMISSIONS.VIEW_CHANNEL) ? bits : 0n
}

/**
 * The position of the member's highest role. The member can manage only lower roles: …/permissions#permission-hierarchy
 */
export const highestPosition = (guild: GuildPermissions, member: Member): number =>
  Math.max(0, ...[...member.roles].map((id) => guild.roles.get(id)?.position ?? 0))
