import { OutsideError } from '@embargo/engine'
import type { Client, REST } from 'discord.js'
import { Status } from 'discord.js'
import { readChannel } from '../platform/channel.ts'
import { isClosed } from '../platform/permissions.ts'
import { everyoneViews, isCaseLike } from './exposure.ts'
import type { Watch } from './watch.ts'

/** By then core knows, and holds what waits until somebody of the team has looked. */
const KNOWN_MS = 5000

type Looking = {
  readonly client: Client
  readonly rest: REST
  /** The server's id. */
  readonly guild: string
  readonly watch: Pick<Watch, 'exposed' | 'knownExposed'>
}

/**
 * Looks at a channel right before something is said in it: the sweep after a start or a new session takes its time, and
 * the backlog must not be quicker. While the connection is there Discord has told what it looks like; else it is asked.
 * @throws {OutsideError} when everybody may see it and core does not know yet, `rate-limited` for a case's; or as every
 *   read does
 */
export function lookFirst({ client, rest, guild, watch }: Looking): (channel: string) => Promise<void> {
  const isOpen = async (channel: string): Promise<boolean> => {
    const isConnected = client.ws.shards.size > 0 && client.ws.shards.every(({ status }) => status === Status.Ready)
    const seen = isConnected ? client.guilds.cache.get(guild)?.channels.cache.get(channel) : undefined
    if (seen !== undefined && isCaseLike(seen)) return everyoneViews(seen)
    return !isClosed((await readChannel(rest, channel)).permission_overwrites, guild)
  }
  return async (channel) => {
    if (!(await isOpen(channel)) || (await watch.knownExposed(channel))) return
    const isOfCase = await watch.exposed(channel)
    throw new OutsideError(
      isOfCase ? 'rate-limited' : 'refused',
      'Everybody in the server can see the channel, so nothing is said in it. Set View Channel to ✕ for @everyone there.',
      isOfCase ? { retryAfterMs: KNOWN_MS } : {},
    )
  }
}
