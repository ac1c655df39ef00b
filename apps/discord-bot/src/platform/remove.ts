import { Routes } from 'discord.js'
import type { Guild } from './channel.ts'
import type { Whom } from './members.ts'
import { orGone, standingIn } from './members.ts'
import { calling, NOTHING } from './outside.ts'

/** Takes accounts out of a channel. Not there is success. */
export async function remove({ rest }: Guild, { channel, accounts }: Whom): Promise<void> {
  const standing = await standingIn(rest, { channel, accounts })
  for (const account of accounts) {
    if (standing?.some(({ id }) => id === account) === false) continue
    await calling(
      'take somebody out of a channel',
      'write',
      () => orGone(rest.delete(Routes.channelPermission(channel, account))),
      NOTHING,
    )
  }
}
