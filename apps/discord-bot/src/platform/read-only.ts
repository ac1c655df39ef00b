import { OverwriteType, Routes } from 'discord.js'
import { readChannel } from './channel.ts'
import type { Guild } from './channel.ts'
import { GONE, unknownAsGone } from './members.ts'
import { calling, NOTHING } from './api-errors.ts'
import type { Overwrite, SentOverwrite } from './permissions.ts'
import { letIn, readOnly, hasOverwrite } from './permissions.ts'

type Crowd = { readonly channel: string; readonly overwrites: readonly Overwrite[] }

/**
 * Makes a channel read-only by changing one permission entry after the other. This is for channels that have too many
 * entries for one call. Skips entries that are right already, so each attempt continues where Discord's rate limit
 * stopped the previous one. The bot's own entry comes first, so the bot keeps its access.
 */
export async function makeReadOnly(server: Guild, { channel, overwrites }: Crowd): Promise<void> {
  const { guild, self } = server
  const missing = readOnly(overwrites, guild, self).filter((each) => !hasOverwrite(overwrites, each))
  const put = async (entries: readonly SentOverwrite[]): Promise<void> => {
    for (const each of entries) await set(server, channel, each)
  }
  await put(missing.filter(({ id }) => id === self))
  await put(missing.filter(({ id }) => id === guild))
  for (const { id, type } of letIn(overwrites, self))
    if (type === OverwriteType.Role && id !== guild) await takeAway(server, channel, id)
  for (const each of missing.filter(({ id, type }) => type === OverwriteType.Member && id !== self)) {
    // An entry may have been removed since the channel was read. Setting it again would let that person back in.
    const { permission_overwrites: now } = await readChannel(server.rest, channel)
    if (now.some(({ id }) => id === each.id)) await set(server, channel, each)
  }
}

/** Sets one entry. If Discord refuses because the person has left the server, the entry is deleted instead. */
async function set(server: Guild, channel: string, { id, ...body }: SentOverwrite): Promise<void> {
  const put = (): Promise<unknown> => unknownAsGone(server.rest.put(Routes.channelPermission(channel, id), { body }))
  const answer = await calling('stop somebody from writing', 'write', put, NOTHING)
  if (answer === GONE) await takeAway(server, channel, id)
}

const takeAway = ({ rest }: Guild, channel: string, id: string): Promise<unknown> =>
  calling(
    'take somebody out of a channel',
    'write',
    () => unknownAsGone(rest.delete(Routes.channelPermission(channel, id))),
    NOTHING,
  )
