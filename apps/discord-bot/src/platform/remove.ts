import { Routes } from 'discord.js'
import type { Guild } from './channel.ts'
import type { AccountsInChannel } from './members.ts'
import { unknownAsGone, existingOverwrites } from './members.ts'
import { calling, NOTHING } from './api-errors.ts'

/** Removes accounts from a channel. An account that is not in the channel counts as success. */
export async function remove({ rest }: Guild, { channel, accounts }: AccountsInChannel): Promise<void> {
  const existing = await existingOverwrites(rest, { channel, accounts })
  for (const account of accounts) {
    if (existing?.some(({ id }) => id === account) === false) continue
    await calling(
      'take somebody out of a channel',
      'write',
      () => unknownAsGone(rest.delete(Routes.channelPermission(channel, account))),
      NOTHING,
    )
  }
}
