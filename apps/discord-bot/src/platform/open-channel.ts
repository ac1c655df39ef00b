import type { EffectId } from '@embargo/core'
import type { ChannelRef, ChatPlatform } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import { ChannelType, Routes } from 'discord.js'
import { CHANNEL_NAME_MAX } from '../limits.ts'
import type { Categories } from './categories.ts'
import { Channel, deleteChannel, isText, listChannels, readChannel } from './channel.ts'
import type { Guild } from './channel.ts'
import { markOf } from './mark.ts'
import { refusedField, CODE, discordCode, calling, outsideError } from './api-errors.ts'
import { closedTo, isClosed, isOpenToOthers, letIn } from './permissions.ts'
import type { Capacity } from './capacity.ts'

type Request = Parameters<ChatPlatform['openChannel']>[0] & { readonly teamRoles: ReadonlySet<string> }

/**
 * No further channel is opened for an effect if outsiders can see this many of its earlier channels. Without this
 * limit, another bot that adds a role to each new channel could make the server fill up.
 */
const LEFT_OPEN_MAX = 3

/**
 * Opens a private text channel, once for each effect: the effect's mark is in the channel's topic. The permissions are
 * sent with the creation and then read back, so the server's own settings never apply. If Discord made the channel
 * visible to outsiders, the channel is deleted.
 * @throws {OutsideError} `refused` if the channel was visible to outsiders. `unlessOpen` asks for another channel if
 *   outsiders can see the earlier one. This request is also `refused` if outsiders can see several earlier channels of
 *   the same effect
 */
export async function openChannel(
  server: Guild,
  { categories, capacity }: { readonly categories: Categories; readonly capacity: Capacity },
  request: Request,
): Promise<ChannelRef> {
  const found = request.lookUp ? await findMarked(server, request) : undefined
  const make = () => categories.place((category) => create(server, category, request))
  const channel = found ?? (await capacity.opening(make))
  if (found === undefined) await verify(server, channel.id)
  return { channel: channel.id, name: channel.name }
}

/**
 * The channel name in a form that Discord keeps unchanged: lower-case letters, digits, dashes and underscores. Discord
 * replaces other characters in undocumented ways.
 */
export const nameFor = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .slice(0, CHANNEL_NAME_MAX) || 'case'

/** The beginning of the topic of every channel of ours. */
export const TOPIC = 'Embargo: what is said here stays here'

const topicFor = (effect: EffectId): string => `${TOPIC} · ${markOf(effect)}`

const DELETES = 'delete a channel that others can see'

/** Creates the channel; undefined if the category is full or gone. */
async function create(
  { rest, guild, self }: Guild,
  category: string,
  { effect, name }: Request,
): Promise<Channel | undefined> {
  const open = async (): Promise<unknown> => {
    try {
      return await rest.post(Routes.guildChannels(guild), {
        body: {
          name: nameFor(name),
          type: ChannelType.GuildText,
          parent_id: category,
          topic: topicFor(effect),
          permission_overwrites: closedTo(guild, self),
        },
      })
    } catch (error) {
      if (refusedField(error, 'parent_id') || discordCode(error) === CODE.unknownChannel) return undefined
      throw error
    }
  }
  return calling('open a channel', 'write', open, Channel.optional())
}

/**
 * Finds the channel that an earlier attempt created. A channel that outsiders can see is not used, because we cannot
 * know who put the mark into its topic. If such a channel is empty, an earlier attempt created it but failed to delete
 * it, so it is deleted now. Exception: a case's channel that has messages is used even if outsiders can see it through
 * a role other than @everyone, because core decides what may still be posted there.
 */
async function findMarked(server: Guild, { effect, unlessOpen, teamRoles }: Request): Promise<Channel | undefined> {
  const { guild, self } = server
  let leftOpen = 0
  const mark = markOf(effect)
  const marked = (await listChannels(server)).filter((each) => isText(each) && each.topic?.includes(mark) === true)
  for (const each of marked) {
    const overwrites = each.permission_overwrites
    const closed = unlessOpen ? !isOpenToOthers(overwrites, { ...server, teamRoles }) : isClosed(overwrites, guild)
    const isEmpty = each.last_message_id === undefined || each.last_message_id === null
    if (closed && (!isEmpty || letIn(overwrites, self).length === 0)) return each
    if (isEmpty) await deleteChannel(server, each.id, DELETES)
    else leftOpen += 1
  }
  if (unlessOpen && leftOpen >= LEFT_OPEN_MAX) throw leftOpenTooOften()
  return undefined
}

const leftOpenTooOften = (): OutsideError =>
  new OutsideError(
    'refused',
    `People outside the team can read ${LEFT_OPEN_MAX} channels that Embargo opened for the team, so it opens no further one. Delete them, or set View Channel to ✕ for @everyone there and remove roles at Edit Channel → Permissions. Look for another bot that changes the permissions of channels.`,
    { forAPerson: true },
  )

async function verify(server: Guild, channel: string): Promise<void> {
  const { guild, self } = server
  const { permission_overwrites: overwrites } = await readChannel(server.rest, channel).catch((error: unknown) => {
    // The channel exists already, so the error must not look as if nothing had been created. Unless Discord refused the
    // read, the error becomes `unknown`.
    const outside = outsideError('look at a new channel', 'write', error)
    throw outside.code === 'refused'
      ? outside
      : new OutsideError('unknown', outside.message, { ...waitOf(outside), away: outside.away })
  })
  if (isClosed(overwrites, guild) && letIn(overwrites, self).length === 0) return
  await deleteChannel(server, channel, DELETES)
  throw new OutsideError(
    'refused',
    'Discord made the channel visible to people outside the case, so Embargo deleted it before anything was posted in it. Look for another bot or a setting that changes the permissions of new channels.',
  )
}

const waitOf = ({ retryAfterMs }: OutsideError) => (retryAfterMs === undefined ? {} : { retryAfterMs })
