import { OverwriteType, Routes } from 'discord.js'
import type { Categories } from './categories.ts'
import { Channel, isDeleted, readChannel } from './channel.ts'
import type { Guild } from './channel.ts'
import { isMember } from './members.ts'
import { broke, calling, CODE, discordCode } from './outside.ts'
import { patiently } from './patience.ts'
import type { Patience } from './patience.ts'
import { anybodyWrites, isClosed, readOnly } from './permissions.ts'
import type { Overwrite } from './permissions.ts'

/**
 * Moves a channel to the archive and lets nobody write in it any more; who could read it still can. Done already is
 * success, and so is a channel that was deleted.
 */
export async function archiveChannel(
  where: Guild,
  archive: Categories,
  { channel, patience }: { readonly channel: string; readonly patience: Patience },
): Promise<void> {
  const seen = await readChannel(where.rest, channel).catch((error: unknown) => {
    if (isDeleted(error)) return undefined
    throw error
  })
  if (seen === undefined) return
  const { permission_overwrites: overwrites } = seen
  await archive.place(async (category) => {
    if (seen.parent_id === category && isClosed(overwrites, where.guild) && !anybodyWrites(overwrites, where.self))
      return seen
    return move(where, { channel, category, overwrites, patience })
  })
}

type Moving = {
  readonly channel: string
  readonly category: string
  readonly overwrites: readonly Overwrite[]
  readonly patience: Patience
}

/** Undefined when the category is full, or is gone. */
function move(where: Guild, { channel, category, overwrites, patience }: Moving): Promise<Channel | undefined> {
  const patch = (standing: readonly Overwrite[]): Promise<unknown> =>
    where.rest.patch(Routes.channel(channel), {
      body: { parent_id: category, permission_overwrites: readOnly(standing, where.guild, where.self) },
    })
  return calling(
    'archive a channel',
    'write',
    async () => {
      try {
        return await patch(overwrites).catch(async (error: unknown) => {
          if (discordCode(error) !== CODE.unknownOverwrite) throw error
          return patch(await ofMembers(where, overwrites, patience))
        })
      } catch (error) {
        if (broke(error, 'parent_id')) return undefined
        if (discordCode(error) === CODE.unknownChannel) return undefined
        throw error
      }
    },
    Channel.optional(),
  )
}

/** Without those of who left the server, which stay in its channels: they can be taken away, and not be changed. */
async function ofMembers(
  { rest, guild }: Guild,
  overwrites: readonly Overwrite[],
  patience: Patience,
): Promise<readonly Overwrite[]> {
  const kept: Overwrite[] = []
  for (const each of overwrites)
    if (each.type === OverwriteType.Role || (await patiently(patience, () => isMember(rest, guild, each.id))))
      kept.push(each)
  return kept
}
