import { OverwriteType, Routes } from 'discord.js'
import { readChannel } from './channel.ts'
import type { Guild } from './channel.ts'
import { GONE, orGone } from './members.ts'
import { calling, NOTHING } from './outside.ts'
import type { Overwrite, SentOverwrite } from './permissions.ts'
import { letIn, readOnly, stands } from './permissions.ts'

type Crowd = { readonly channel: string; readonly overwrites: readonly Overwrite[] }

/**
 * Lets nobody write in a channel with more people than one call takes, one after the other; who could read still can. What
 * stands already is passed over, so that each attempt goes on where Discord's limit ended the one before. We come first, lest
 * we lose sight of the channel; then roles, which are crowds.
 */
export async function makeReadOnly(where: Guild, { channel, overwrites }: Crowd): Promise<void> {
  const { guild, self } = where
  const missing = readOnly(overwrites, guild, self).filter((each) => !stands(overwrites, each))
  const put = async (entries: readonly SentOverwrite[]): Promise<void> => {
    for (const each of entries) await set(where, channel, each)
  }
  await put(missing.filter(({ id }) => id === self))
  await put(missing.filter(({ id }) => id === guild))
  for (const { id, type } of letIn(overwrites, self))
    if (type === OverwriteType.Role && id !== guild) await takeAway(where, channel, id)
  for (const each of missing.filter(({ id, type }) => type === OverwriteType.Member && id !== self)) {
    // Whoever was taken out meanwhile would be let in again by an entry of their own.
    const { permission_overwrites: now } = await readChannel(where.rest, channel)
    if (now.some(({ id }) => id === each.id)) await set(where, channel, each)
  }
}

/** Who left the server stays in its channels: they can be taken away, and not be changed. */
async function set(where: Guild, channel: string, { id, ...body }: SentOverwrite): Promise<void> {
  const put = (): Promise<unknown> => orGone(where.rest.put(Routes.channelPermission(channel, id), { body }))
  const answer = await calling('let somebody write no more', 'write', put, NOTHING)
  if (answer === GONE) await takeAway(where, channel, id)
}

const takeAway = ({ rest }: Guild, channel: string, id: string): Promise<unknown> =>
  calling(
    'take somebody out of a channel',
    'write',
    () => orGone(rest.delete(Routes.channelPermission(channel, id))),
    NOTHING,
  )
