import { OutsideError } from '@embargo/engine'
import type { Client, REST } from 'discord.js'
import { OverwriteType, Status } from 'discord.js'
import { readChannel } from './channel.ts'
import { isClosed, letIn } from './permissions.ts'
import type { ChannelSnapshot } from './exposure.ts'
import { everyoneViews, isCaseLike, channelSnapshot } from './exposure.ts'

/** By then core knows, and holds back posts until somebody on the team has checked. */
const KNOWN_MS = 5000
/** Somebody must change a setting first. */
const LOOK_AGAIN_MS = 30_000

const EVERYBODY =
  'Discord does not keep everybody in the server out of the channel, so nothing is said in it. Set View Channel to ✕ for @everyone there.'
const CROWD =
  'Roles let more than a handful who are not on the case into the channel, so nothing is said in it. Take these roles away at Edit Channel → Permissions.'
const NOT_THE_TEAM =
  'A role that makes nobody of the team is let into the channel, so nothing is said in it. Take the role away at Edit Channel → Permissions, or delete the channel.'
const NOBODY_SAYS =
  'A role is let into the channel, and Discord does not say who has it, so nothing is said in it yet. Take the role away at Edit Channel → Permissions, or run “embargo doctor discord”: it says whether the Server Members Intent is off.'

type LetIn = Pick<ChannelSnapshot, 'channel' | 'accounts' | 'roles'>

/** Receives reports of channels that others may read. */
type Exposures = {
  /** Whether core knows already: then core alone decides what may still be posted there. */
  knownExposed(channel: string): Promise<boolean>
  /** Whether roles let in more than can be announced. */
  crowded(seen: LetIn): Promise<boolean>
  /** False if the channel belongs to no case, so that core cannot decide. */
  exposed(channel: string): Promise<boolean>
  forgetRoles(): void
}

type Looking = {
  readonly client: Client
  readonly rest: REST
  /** The server's id. */
  readonly guild: string
  /** The bot's own user. */
  readonly self: string
  readonly watch: Exposures
}

type Looked = LetIn & { readonly isOpen: boolean }

/**
 * Checks a channel right before a post: the sweep after a start or a new session takes time, and the backlog must not
 * be quicker. While the connection is up, and the server has no outage, Discord has told us its state; otherwise
 * Discord is asked.
 * @throws {OutsideError} when everybody may see it, or a role lets a crowd in, and core does not know yet,
 * `rate-limited`
 * for a case's channel, otherwise `refused`; or as every read does
 */
export function exposureGuard({ client, rest, guild, self, watch }: Looking): (channel: string) => Promise<void> {
  const look = async (channel: string): Promise<Looked> => {
    const here = client.guilds.cache.get(guild)
    const isConnected = client.ws.shards.size > 0 && client.ws.shards.every(({ status }) => status === Status.Ready)
    // In an outage of the server Discord tells nothing of it.
    const isTold = isConnected && here?.available === true
    const seen = isTold ? here.channels.cache.get(channel) : undefined
    if (seen !== undefined && isCaseLike(seen)) return { ...channelSnapshot(seen, self), isOpen: everyoneViews(seen) }
    // Discord sends no event when somebody gets a role.
    if (!isTold) watch.forgetRoles()
    const { permission_overwrites: overwrites } = await readChannel(rest, channel)
    const inside = letIn(overwrites, self)
    const of = (type: OverwriteType) => inside.flatMap((each) => (each.type === type ? [each.id] : []))
    return {
      channel,
      accounts: of(OverwriteType.Member),
      roles: of(OverwriteType.Role).filter((id) => id !== guild),
      isOpen: !isClosed(overwrites, guild),
    }
  }
  return async (channel) => {
    const looked = await look(channel)
    if (!looked.isOpen && looked.roles.length === 0) return
    if (await watch.knownExposed(channel)) return
    if (!looked.isOpen && !(await watch.crowded(looked).catch(withoutNames))) return
    if (await watch.exposed(channel))
      throw new OutsideError('rate-limited', looked.isOpen ? EVERYBODY : CROWD, { retryAfterMs: KNOWN_MS })
    // The team's own channel: another is opened for the posts, and people are told about this one.
    throw new OutsideError('refused', looked.isOpen ? EVERYBODY : NOT_THE_TEAM, { forAPerson: true })
  }
}

/** If Discord does not say who is in the server, that is no news about the channel, which would be taken for lost. */
function withoutNames(error: unknown): never {
  if (!(error instanceof OutsideError) || error.code !== 'refused') throw error
  throw new OutsideError('rate-limited', NOBODY_SAYS, { retryAfterMs: LOOK_AGAIN_MS, forAPerson: true })
}
