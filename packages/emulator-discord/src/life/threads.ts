import type { Guild } from '../guild.ts'
import { presentThread } from '../rest/present.ts'
import type { Channel, Message } from '../state.ts'
import { postMessage } from './messages.ts'

/** A thread that is about to be started. */
export type NewThread = {
  readonly name: string
  readonly by: string
  readonly isPrivate: boolean
  /** The message from which the thread is started. The thread then has the id of this message. */
  readonly from?: Message
}

/**
 * Starts a thread in a text channel. If the thread is public and is not started from a message, a system message in the
 * channel announces it: https://docs.discord.com/developers/topics/threads
 */
export const createThread = (guild: Guild, parent: Channel, { name, by, isPrivate, from }: NewThread): Channel => {
  const thread: Channel = {
    id: from?.id ?? guild.ids.next(),
    kind: 'thread',
    thread: { ownerId: by, isPrivate, members: new Set([by]), createdAt: guild.clock.wall() },
    name,
    topic: undefined,
    parentId: parent.id,
    position: 0,
    overwrites: [],
    messages: [],
  }
  guild.threads.set(thread.id, thread)
  if (guild.permissionsOf(guild.bot.id, thread) !== 0n) {
    guild.publish('THREAD_CREATE', 'Guilds', { ...presentThread(guild, thread), newly_created: true })
  }
  if (!isPrivate && from === undefined) {
    postMessage(guild, parent, {
      channel: parent.id,
      author: by,
      type: 18,
      content: name,
      embeds: [],
      components: [],
      reference: thread.id,
      allowed: { parse: [] },
    })
  }
  return thread
}

/** https://docs.discord.com/developers/events/gateway-events#thread-delete */
export const deleteThread = (guild: Guild, thread: Channel): void => {
  const wasSeen = guild.permissionsOf(guild.bot.id, thread) !== 0n
  guild.threads.delete(thread.id)
  if (!wasSeen) return guild.changes.announce()
  guild.publish('THREAD_DELETE', 'Guilds', {
    id: thread.id,
    guild_id: guild.id,
    parent_id: thread.parentId ?? null,
    type: thread.thread?.isPrivate === true ? 12 : 11,
  })
}
