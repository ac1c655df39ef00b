import type { CategoryChannel, Guild, GuildBasedChannel, NewsChannel, TextChannel } from 'discord.js'
import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord.js'

type CaseLike = TextChannel | NewsChannel

/** The parts of a channel and its category that this app reads. */
type ChannelFields = Pick<CaseLike, 'id' | 'name' | 'topic' | 'parent' | 'permissionOverwrites' | 'guild'>

/**
 * Whether a channel can be a case's channel, by its type. Embargo opens text channels, but people can turn one into an
 * announcement channel.
 */
export const isCaseLike = (channel: GuildBasedChannel): channel is CaseLike =>
  channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement
export const isCategoryChannel = (channel: { readonly type: ChannelType }): channel is CategoryChannel =>
  channel.type === ChannelType.GuildCategory

/** Whether everybody may view the channel itself, or only its category, by the current permissions. */
function exposedBy(channel: ChannelFields): ExposedPart | undefined {
  if (everyoneViews(channel)) return 'itself'
  return channel.parent !== null && everyoneViews(channel.parent) ? 'category' : undefined
}

/**
 * Whether everybody may view the channel. Only a denial in the channel's own entries prevents that, and even this
 * denial does not keep out administrators: https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function everyoneViews({
  guild,
  permissionOverwrites,
}: Pick<ChannelFields, 'guild' | 'permissionOverwrites'>): boolean {
  if (guild.roles.everyone.permissions.has(PermissionFlagsBits.Administrator)) return true
  return permissionOverwrites.cache.get(guild.id)?.deny.has(PermissionFlagsBits.ViewChannel) !== true
}

/** Accounts that are let in by name, except the bot's own. */
const accountsIn = ({ permissionOverwrites }: ChannelFields, self: string): readonly string[] =>
  letIn(permissionOverwrites, OverwriteType.Member).filter((id) => id !== self)

/** Roles that are let in, including those of bots, integrations and boosters. */
const rolesIn = ({ guild, permissionOverwrites }: ChannelFields): readonly string[] =>
  letIn(permissionOverwrites, OverwriteType.Role).filter((id) => id !== guild.id)

const letIn = ({ cache }: ChannelFields['permissionOverwrites'], type: OverwriteType): string[] =>
  [...cache.values()]
    .filter((each) => each.type === type && each.allow.has(PermissionFlagsBits.ViewChannel))
    .map(({ id }) => id)

/**
 * What everybody may view: the channel itself, or only its category. In the second case outsiders cannot read the
 * channel yet.
 */
export type ExposedPart = 'itself' | 'category'

/** A channel at one moment, as a copy, because the library's own objects change. */
export type ChannelSnapshot = {
  readonly channel: string
  readonly name: string
  readonly exposed: ExposedPart | undefined
  /**
   * The id of the channel's category and the category's permissions for @everyone, as one text. While this text stays
   * the same, an open category is not reported again.
   */
  readonly category: string
  readonly accounts: readonly string[]
  readonly roles: readonly string[]
}

export const channelSnapshot = (channel: ChannelFields, self: string): ChannelSnapshot => ({
  channel: channel.id,
  name: channel.name,
  exposed: exposedBy(channel),
  category: categoryOf(channel),
  accounts: accountsIn(channel, self),
  roles: rolesIn(channel),
})

/**
 * The id of the channel's category and the category's permissions for @everyone, as one text. The channel's own entries
 * are left out, because they change with each invitation.
 */
function categoryOf({ guild, parent }: ChannelFields): string {
  const everyone = parent?.permissionOverwrites.cache.get(guild.id)
  return parent === null ? '' : `${parent.id}:${everyone?.allow.bitfield ?? 0n}:${everyone?.deny.bitfield ?? 0n}`
}

export const textChannels = (guild: Guild): readonly CaseLike[] => [...guild.channels.cache.values()].filter(isCaseLike)
