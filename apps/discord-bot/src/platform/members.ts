import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { SNOWFLAKE } from '../limits.ts'
import { readChannel } from './channel.ts'
import { calling, CODE, discordCode, NOTHING } from './api-errors.ts'
import type { Overwrite } from './permissions.ts'

/** Several accounts, and the channel that they are let into or removed from. */
export type AccountsInChannel = { readonly channel: string; readonly accounts: readonly string[] }

export async function isMember(rest: REST, guild: string, account: string): Promise<boolean> {
  if (!SNOWFLAKE.test(account)) return false
  return calling(
    'look for a member',
    'read',
    () => unknownAsGone(rest.get(Routes.guildMember(guild, account))),
    NOTHING,
  ).then((member) => member !== GONE)
}

/**
 * Reads the channel's entries, so a retry for several accounts can skip changes that are already made. Otherwise the
 * retry might never finish, because Discord allows about ten changes in ten seconds. For one account nothing is read:
 * reading costs as much as the change.
 */
export async function existingOverwrites(
  rest: REST,
  { channel, accounts }: AccountsInChannel,
): Promise<readonly Overwrite[] | undefined> {
  return accounts.length > 1 ? (await readChannel(rest, channel)).permission_overwrites : undefined
}

export const GONE: unique symbol = Symbol('gone')

/** Resolves to `GONE` instead of failing if Discord does not know the member, the user or the permission entry. */
export async function unknownAsGone(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    const code = discordCode(error)
    if (code === CODE.unknownMember || code === CODE.unknownOverwrite || code === 10_013) return GONE
    throw error
  }
}
