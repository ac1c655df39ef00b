import { OutsideError } from '@embargo/engine'
import { Routes } from 'discord.js'
import type { Guild } from './channel.ts'
import type { AccountsInChannel } from './members.ts'
import { isMember, existingOverwrites } from './members.ts'
import { calling, NOTHING } from './api-errors.ts'
import { insideBits, isInside } from './permissions.ts'

/**
 * Lets accounts into a channel, each by name. It is no failure if an account is in the channel already.
 * @throws {OutsideError} `refused`, after the others have been let in, if somebody is not in the server
 */
export async function invite({ rest, guild }: Guild, { channel, accounts }: AccountsInChannel): Promise<void> {
  const existing = await existingOverwrites(rest, { channel, accounts })
  let missing = 0
  for (const account of accounts) {
    if (!(await isMember(rest, guild, account))) {
      missing += 1
      continue
    }
    if (existing?.some((each) => each.id === account && isInside(each)) === true) continue
    await calling(
      'let somebody into a channel',
      'write',
      () => rest.put(Routes.channelPermission(channel, account), { body: insideBits }),
      NOTHING,
    )
  }
  if (missing === 0) return
  throw new OutsideError(
    'refused',
    `${missing} of ${accounts.length} people are not in the Discord server, so they are not in the channel. Invite them to the server, or correct their Discord ids in the policy.`,
  )
}
