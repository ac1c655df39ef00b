import type { Guild } from '../guild.ts'
import { presentChannel } from '../rest/present.ts'
import type { Channel, Overwrite } from '../state.ts'
import { deleteThread } from './threads.ts'

export const createChannel = (
  guild: Guild,
  fresh: Pick<Channel, 'kind' | 'name' | 'topic' | 'parentId' | 'overwrites'> & { readonly position?: number },
): Channel => {
  const channel: Channel = {
    ...fresh,
    id: guild.ids.next(),
    position: fresh.position ?? guild.channels.size,
    messages: [],
  }
  guild.channels.set(channel.id, channel)
  guild.publish('CHANNEL_CREATE', 'Guilds', presentChannel(guild, channel))
  return channel
}

const areSame = (one: readonly Overwrite[], other: readonly Overwrite[]): boolean =>
  one.length === other.length &&
  one.every((each) => other.some((twin) => twin.id === each.id && twin.allow === each.allow && twin.deny === each.deny))

/**
 * Changes the given fields and keeps the others. If the overwrites of a category change, those channels
 * in the category that had the same overwrites as the category get the new ones too:
 * https://docs.discord.com/developers/topics/permissions#permission-syncing
 */
export const updateChannel = (
  guild: Guild,
  channel: Channel,
  change: Partial<Pick<Channel, 'name' | 'topic' | 'parentId' | 'position' | 'overwrites' | 'isAnnouncement'>>,
): void => {
  const { overwrites } = change
  const synced = [...guild.channels.values()].filter(
    (each) => each.parentId === channel.id && areSame(each.overwrites, channel.overwrites),
  )
  Object.assign(channel, change)
  guild.publish('CHANNEL_UPDATE', 'Guilds', presentChannel(guild, channel))
  if (overwrites) for (const child of synced) updateChannel(guild, child, { overwrites })
}

/** Deletes a channel with its threads. The channels of a deleted category remain, without a category. */
export const deleteChannel = (guild: Guild, channel: Channel): void => {
  for (const thread of guild.threads.values()) if (thread.parentId === channel.id) deleteThread(guild, thread)
  guild.channels.delete(channel.id)
  guild.publish('CHANNEL_DELETE', 'Guilds', presentChannel(guild, channel))
  for (const child of guild.channels.values()) {
    if (child.parentId === channel.id) updateChannel(guild, child, { parentId: undefined })
  }
}

/** Sets a permission overwrite. It replaces an earlier one with the same id. */
export const setOverwrite = (guild: Guild, channel: Channel, overwrite: Overwrite): void => {
  const others = channel.overwrites.filter((each) => each.id !== overwrite.id)
  updateChannel(guild, channel, { overwrites: [...others, overwrite] })
}

export const deleteOverwrite = (guild: Guild, channel: Channel, id: string): void => {
  updateChannel(guild, channel, { overwrites: channel.overwrites.filter((each) => each.id !== id) })
}
