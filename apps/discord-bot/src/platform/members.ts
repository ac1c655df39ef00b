import { OutsideError } from '@embargo/engine'
import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { SNOWFLAKE } from '../limits.ts'
import type { Guild } from './channel.ts'
import { readChannel } from './channel.ts'
import { calling, CODE, discordCode, NOTHING } from './outside.ts'
import type { Overwrite } from './permissions.ts'
import { insideBits, isInside } from './permissions.ts'

type Whom = { readonly channel: string; readonly accounts: readonly string[] }

/**
 * Lets accounts into a channel, each by name. Already there is success.
 * @throws {OutsideError} `refused`, once the others are in, when somebody is not in the server
 */
export async function invite({ rest, guild }: Guild, { channel, accounts }: Whom): Promise<void> {
  const standing = await standingIn(rest, { channel, accounts })
  let missing = 0
  for (const account of accounts) {
    if (!(await isMember(rest, guild, account))) {
      missing += 1
      continue
    }
    if (standing?.some((each) => each.id === account && isInside(each)) === true) continue
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

/** Whether an account is in the server. */
export async function isMember(rest: REST, guild: string, account: string): Promise<boolean> {
  if (!SNOWFLAKE.test(account)) return false
  return calling('look for a member', 'read', () => orGone(rest.get(Routes.guildMember(guild, account))), NOTHING).then(
    (member) => member !== GONE,
  )
}

/**
 * What stands there of several: Discord takes about ten changes in ten seconds, and whoever repeated those that are done
 * would never come to the last. One change costs no more than the look.
 */
async function standingIn(rest: REST, { channel, accounts }: Whom): Promise<readonly Overwrite[] | undefined> {
  return accounts.length > 1 ? (await readChannel(rest, channel)).permission_overwrites : undefined
}

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

export const GONE: unique symbol = Symbol('gone')

/** For answers that say that what is asked for is not there: a member who left, an entry that was never made. */
export async function orGone(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    const code = discordCode(error)
    if (code === CODE.unknownMember || code === CODE.unknownOverwrite || code === 10_013) return GONE
    throw error
  }
}
