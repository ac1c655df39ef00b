import { OverwriteType, Routes } from 'discord.js'
import { OVERWRITES_MAX } from '../limits.ts'
import type { Categories } from './categories.ts'
import { Channel, isDeleted, readChannel } from './channel.ts'
import type { Guild } from './channel.ts'
import { isMember } from './members.ts'
import { refusedField, calling, CODE, discordCode } from './api-errors.ts'
import { withBackoff } from './paginate-with-backoff.ts'
import type { Backoff } from './paginate-with-backoff.ts'
import { anybodyWrites, isClosed, readOnly } from './permissions.ts'
import type { Overwrite } from './permissions.ts'
import { makeReadOnly } from './read-only.ts'

/**
 * Moves a channel to the archive and makes it read-only for everybody who can read it. If that has been done already,
 * or the channel was deleted, this counts as success.
 */
export async function archiveChannel(
  server: Guild,
  archive: Categories,
  { channel, backoff }: { readonly channel: string; readonly backoff: Backoff },
): Promise<void> {
  const seen = await readChannel(server.rest, channel).catch((error: unknown) => {
    if (isDeleted(error)) return undefined
    throw error
  })
  if (seen === undefined) return
  const { permission_overwrites: overwrites } = seen
  const isSilent = isClosed(overwrites, server.guild) && !anybodyWrites(overwrites, server.self)
  const inOne = readOnly(overwrites, server.guild, server.self).length <= OVERWRITES_MAX
  if (!isSilent && !inOne) await makeReadOnly(server, { channel, overwrites })
  await archive.place(async (category) => {
    if (seen.parent_id === category && (isSilent || !inOne)) return seen
    return move(server, { channel, category, backoff, ...(inOne ? { overwrites } : {}) })
  })
}

type ChannelMove = {
  readonly channel: string
  readonly category: string
  /**
   * The channel's permission overwrites before the move. The call that moves the channel also changes them, so that
   * people can only read. If `overwrites` is absent, the call leaves the permissions as they are.
   */
  readonly overwrites?: readonly Overwrite[]
  readonly backoff: Backoff
}

/** Moves the channel; undefined if the category is full or gone. */
function move(server: Guild, { channel, category, overwrites, backoff }: ChannelMove): Promise<Channel | undefined> {
  const patch = (overwritesBefore: readonly Overwrite[] | undefined): Promise<unknown> => {
    const more = overwritesBefore && { permission_overwrites: readOnly(overwritesBefore, server.guild, server.self) }
    return server.rest.patch(Routes.channel(channel), { body: { parent_id: category, ...more } })
  }
  return calling(
    'archive a channel',
    'write',
    async () => {
      try {
        return await patch(overwrites).catch(async (error: unknown) => {
          if (overwrites === undefined || discordCode(error) !== CODE.unknownOverwrite) throw error
          return patch(await withoutLeavers(server, overwrites, backoff))
        })
      } catch (error) {
        if (refusedField(error, 'parent_id')) return undefined
        if (discordCode(error) === CODE.unknownChannel) return undefined
        throw error
      }
    },
    Channel.optional(),
  )
}

/** Leaves out the entries of people who left the server: Discord lets us delete such entries, but not change them. */
async function withoutLeavers(
  { rest, guild }: Guild,
  overwrites: readonly Overwrite[],
  backoff: Backoff,
): Promise<readonly Overwrite[]> {
  const kept: Overwrite[] = []
  for (const each of overwrites)
    if (each.type === OverwriteType.Role || (await withBackoff(backoff, () => isMember(rest, guild, each.id))))
      kept.push(each)
  return kept
}
