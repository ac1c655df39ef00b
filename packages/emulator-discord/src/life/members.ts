import type { MemberSeed } from '../options.ts'
import type { Guild } from '../guild.ts'
import { presentMember, presentRole, presentUser } from '../rest/present.ts'
import { presentGuild, presentGuildCreate } from '../rest/present-guild.ts'
import { botMemberOf } from '../seeds.ts'
import type { Member, Role, User } from '../state.ts'

export const addMember = (
  guild: Guild,
  user: User,
  roles: readonly string[] = [],
  { isPending = false, isGuest = false }: Pick<MemberSeed, 'isPending' | 'isGuest'> = {},
): Member => {
  const joinedAt = guild.clock.wall()
  const member: Member = { user, roles: new Set(roles), joinedAt, nick: undefined, isPending, isGuest }
  guild.users.set(user.id, user)
  guild.members.set(user.id, member)
  guild.publish('GUILD_MEMBER_ADD', 'GuildMembers', { ...presentMember(member), guild_id: guild.id })
  return member
}

/** Removes a member who left or was removed. Their overwrites remain in the channels, as in Discord. */
export const removeMember = (guild: Guild, member: Member): void => {
  guild.members.delete(member.user.id)
  guild.publish('GUILD_MEMBER_REMOVE', 'GuildMembers', { user: presentUser(member.user), guild_id: guild.id })
}

/** Changes a member's roles or name. A bot gets events about itself even without the intent `GuildMembers`. */
export const updateMember = (
  guild: Guild,
  member: Member,
  change: { readonly give?: string; readonly take?: string; readonly nick?: string },
): void => {
  if (change.give !== undefined) member.roles.add(change.give)
  if (change.take !== undefined) member.roles.delete(change.take)
  if (change.nick !== undefined) member.nick = change.nick
  const group = member.user.id === guild.bot.id ? 'always' : 'GuildMembers'
  guild.publish('GUILD_MEMBER_UPDATE', group, { ...presentMember(member), guild_id: guild.id })
}

export const createRole = (guild: Guild, role: Role): void => {
  guild.roles.set(role.id, role)
  guild.publish('GUILD_ROLE_CREATE', 'Guilds', { guild_id: guild.id, role: presentRole(role) })
}

export const updateRole = (
  guild: Guild,
  role: Role,
  change: Partial<Pick<Role, 'name' | 'permissions' | 'position'>>,
): void => {
  Object.assign(role, change)
  guild.publish('GUILD_ROLE_UPDATE', 'Guilds', { guild_id: guild.id, role: presentRole(role) })
}

/** Removes a role from the guild and from everyone who had it. */
export const deleteRole = (guild: Guild, role: Role): void => {
  guild.roles.delete(role.id)
  for (const member of guild.members.values()) member.roles.delete(role.id)
  guild.publish('GUILD_ROLE_DELETE', 'Guilds', { guild_id: guild.id, role_id: role.id })
}

/** Sets whether moderators need two-factor authentication. */
export const requireTwoFactor = (guild: Guild, isOn: boolean): void => {
  guild.requiresTwoFactor = isOn
  guild.publish('GUILD_UPDATE', 'Guilds', presentGuild(guild))
}

/** Adds the bot with its role, after somebody invited it. */
export const installBot = (guild: Guild, role: Role): void => {
  guild.isInstalled = true
  guild.roles.set(role.id, role)
  guild.members.set(guild.bot.id, botMemberOf(guild))
  guild.publish('GUILD_CREATE', 'Guilds', presentGuildCreate(guild, [botMemberOf(guild)]))
}

/** Removes the bot, with its role and its commands. */
export const removeBot = (guild: Guild): void => {
  guild.publish('GUILD_DELETE', 'Guilds', { id: guild.id })
  guild.isInstalled = false
  guild.members.delete(guild.bot.id)
  guild.roles.delete(guild.botRoleId)
  guild.commands = []
  guild.changes.announce()
}

/** Begins or ends an outage of the guild: https://docs.discord.com/developers/events/gateway-events#guild-delete */
export const setAvailable = (guild: Guild, isAvailable: boolean, refusesCalls: boolean): void => {
  guild.isAvailable = isAvailable
  guild.refusesCalls = refusesCalls
  if (!isAvailable) return guild.publish('GUILD_DELETE', 'Guilds', { id: guild.id, unavailable: true })
  const bot = guild.botMember
  guild.publish('GUILD_CREATE', 'Guilds', presentGuildCreate(guild, bot ? [bot] : []))
}
