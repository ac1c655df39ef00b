import { Routes } from 'discord.js'
import type { Categories } from './categories.ts'
import { Channel, isDeleted, readChannel } from './channel.ts'
import type { Guild } from './channel.ts'
import { broke, calling, CODE, discordCode } from './outside.ts'
import { anybodyWrites, isClosed, readOnly } from './permissions.ts'

/**
 * Moves a channel to the archive and lets nobody write in it any more; who could read it still can. Done already is
 * success, and so is a channel that was deleted.
 */
export async function archiveChannel(where: Guild, archive: Categories, channel: string): Promise<void> {
  const seen = await readChannel(where.rest, channel).catch((error: unknown) => {
    if (isDeleted(error)) return undefined
    throw error
  })
  if (seen === undefined) return
  const { permission_overwrites: overwrites } = seen
  await archive.place(async (category) => {
    if (seen.parent_id === category && isClosed(overwrites, where.guild) && !anybodyWrites(overwrites, where.self))
      return seen
    return move(where, channel, {
      parent_id: category,
      permission_overwrites: readOnly(overwrites, where.guild, where.self),
    })
  })
}

/** Undefined when the category is full, or is gone. */
function move({ rest }: Guild, channel: string, body: object): Promise<Channel | undefined> {
  return calling(
    'archive a channel',
    'write',
    async () => {
      try {
        return await rest.patch(Routes.channel(channel), { body })
      } catch (error) {
        if (broke(error, 'parent_id')) return undefined
        if (discordCode(error) === CODE.unknownChannel) return undefined
        throw error
      }
    },
    Channel.optional(),
  )
}
