import { OutsideError } from '@embargo/engine'
import type { Client, REST } from 'discord.js'
import { OverwriteType, Status } from 'discord.js'
import { readChannel } from './channel.ts'
import { isClosed, letIn } from './permissions.ts'
import type { ChannelSnapshot } from './exposure.ts'
import { everyoneViews, isCaseLike, channelSnapshot } from './exposure.ts'

/**
 * How long to wait before retrying a post to an exposed channel. By then core knows that the channel is exposed, and
 * blocks posts until somebody on the team has checked the channel.
 */
const KNOWN_MS = 5000
/** How long to wait before a retry if somebody must change a setting first. */
const LOOK_AGAIN_MS = 30_000

const EVERYBODY =
  'Everybody in the server can see the channel, so Embargo posts nothing in it. Set View Channel to ✕ for @everyone there.'
const CROWD =
  'Roles let more than a handful of people who are not on the case into the channel, so Embargo posts nothing in it. Remove these roles at Edit Channel → Permissions.'
const NOT_THE_TEAM =
  'A role whose members are not on the team is let into the channel, so Embargo posts nothing in it. Remove the role at Edit Channel → Permissions, or delete the channel.'
const NOBODY_SAYS =
  'A role is let into the channel, and Discord does not say who has it, so Embargo posts nothing in it yet. Remove the role at Edit Channel → Permissions, or run “embargo doctor discord”, which shows whether the Server Members Intent is off.'

type ChannelAccess = Pick<ChannelSnapshot, 'channel' | 'accounts' | 'roles'>

/** Receives reports of channels that people outside the case may read. */
type Exposures = {
  /**
   * Whether core already knows that this channel is exposed. If so, core alone decides what may still be posted in it.
   */
  knownExposed(channel: string): Promise<boolean>
  /**
   * Whether roles let a crowd into a case's channel: more people and bots outside the case than Embargo can report one
   * by one. For the team's own channel, whether a role lets in anybody outside the team.
   */
  crowded(seen: ChannelAccess): Promise<boolean>
  /**
   * Reports to core that the channel is exposed. Resolves to false if the channel belongs to no case, because core
   * decides only about channels of cases.
   */
  exposed(channel: string): Promise<boolean>
  forgetRoles(): void
}

type GuardOptions = {
  readonly client: Client
  readonly rest: REST
  /** The server's id. */
  readonly guild: string
  /** The bot's own user. */
  readonly self: string
  readonly watch: Exposures
}

type ChannelCheck = ChannelAccess & { readonly isOpen: boolean }

/**
 * Checks a channel right before a post. This is necessary because, after a start or a new session, posts that were
 * waiting can be sent before Embargo has checked the channels. The guard normally takes the state of the channel from
 * the library. If the library does not have the current state, Discord is asked. A channel is exposed if everybody may
 * see it, or if a role lets a crowd in.
 * @throws {OutsideError} if the channel is exposed and core does not know that yet, or if Discord cannot be asked. For
 *   an exposed channel, the code is `rate-limited` for a case's channel, and `refused` for the team's own channel
 */
export function exposureGuard({ client, rest, guild, self, watch }: GuardOptions): (channel: string) => Promise<void> {
  const look = async (channel: string): Promise<ChannelCheck> => {
    const here = client.guilds.cache.get(guild)
    const isConnected = client.ws.shards.size > 0 && client.ws.shards.every(({ status }) => status === Status.Ready)
    // During an outage of the server, Discord does not tell us about changes.
    const isTold = isConnected && here?.available === true
    const seen = isTold ? here.channels.cache.get(channel) : undefined
    if (seen !== undefined && isCaseLike(seen)) return { ...channelSnapshot(seen, self), isOpen: everyoneViews(seen) }
    // Without a connection we miss that somebody got a role, so the members of roles must be listed again.
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
    // This is the team's own channel. People are told about the exposure, and another channel is opened for the posts.
    throw new OutsideError('refused', looked.isOpen ? EVERYBODY : NOT_THE_TEAM, { forAPerson: true })
  }
}

/**
 * If Discord does not say who is in the server, the post must wait. So `refused` becomes `rate-limited`: after
 * `refused`, core would treat the channel as lost.
 */
function withoutNames(error: unknown): never {
  if (!(error instanceof OutsideError) || error.code !== 'refused') throw error
  throw new OutsideError('rate-limited', NOBODY_SAYS, { retryAfterMs: LOOK_AGAIN_MS, forAPerson: true })
}
