import { CHANNEL_UNSUPPORTED, channelChange, newChannel } from '../check/channels.ts'
import { checked, refuseUnsupported } from '../check/problems.ts'
import { ApiError, UnsupportedError, invalidForm } from '../errors.ts'
import type { Guild } from '../guild.ts'
import { createChannel, deleteChannel, updateChannel } from '../life/channels.ts'
import { deleteThread } from '../life/threads.ts'
import { GUILD_CHANNELS_MAX } from '../limits.ts'
import type { Channel } from '../state.ts'
import type { Handler } from './call.ts'
import { bodyObject, created, demand, done, ownGuild, visibleChannel } from './call.ts'
import { changedOverwrites, overwritesOf, refuseForeign } from './overwrites.ts'
import { presentChannel, presentPlace } from './present.ts'

const parentProblem = (code: string, message: string) => invalidForm([{ path: ['parent_id'], code, message }])

/**
 * The category for a new or moved channel.
 * @throws ApiError 50035 if it does not exist or is full
 */
const roomIn = (guild: Guild, parentId: string, mover?: Channel): Channel => {
  const parent = guild.channels.get(parentId)
  if (!parent) throw parentProblem('CHANNEL_PARENT_INVALID', 'Category does not exist')
  if (parent.kind !== 'category') throw parentProblem('CHANNEL_PARENT_INVALID_TYPE', 'Not a category')
  const held = [...guild.channels.values()].filter((each) => each.parentId === parentId && each !== mover).length
  if (held < guild.categoryRefusesFrom) return parent
  throw parentProblem('CHANNEL_PARENT_MAX_CHANNELS', 'Maximum number of channels in category reached (50)')
}

/** A text channel's name as Discord stores it: in lower case, with hyphens for spaces. */
const keptName = (kind: Channel['kind'], name: string): string =>
  kind === 'category' ? name : name.toLowerCase().replaceAll(/\s+/g, '-')

/** https://docs.discord.com/developers/resources/guild#create-guild-channel */
export const create: Handler = (call) => {
  const guild = ownGuild(call)
  const body = checked(newChannel, bodyObject(call))
  refuseUnsupported(body, CHANNEL_UNSUPPORTED)
  const kind = body.type === 4 ? 'category' : 'text'
  if (guild.channels.size >= GUILD_CHANNELS_MAX) throw new ApiError('channelsFull')
  const parent = body.parent_id && kind === 'text' ? roomIn(guild, body.parent_id) : undefined
  demand(guild, ['MANAGE_CHANNELS'], parent)
  const sent = body.permission_overwrites && overwritesOf(body.permission_overwrites)
  if (sent && sent.length > 0) demand(guild, ['MANAGE_ROLES'], parent)
  refuseForeign(guild, sent ?? [], { parent })
  const channel = createChannel(guild, {
    kind,
    name: keptName(kind, body.name),
    topic: body.topic ?? undefined,
    parentId: parent?.id,
    // A channel that is created without overwrites gets those of its category.
    overwrites: sent ?? parent?.overwrites ?? [],
    ...(body.position === undefined || body.position === null ? {} : { position: body.position }),
  })
  return created(presentChannel(guild, channel))
}

/** https://docs.discord.com/developers/resources/guild#get-guild-channels: without threads. */
export const list: Handler = (call) => {
  const guild = ownGuild(call)
  return done([...guild.channels.values()].map((channel) => presentChannel(guild, channel)))
}

/** https://docs.discord.com/developers/resources/channel#get-channel */
export const get: Handler = (call) => done(presentPlace(call.guild, visibleChannel(call)))

/** https://docs.discord.com/developers/resources/channel#modify-channel */
export const update: Handler = (call) => {
  const { guild, limits } = call
  const channel = visibleChannel(call)
  if (channel.kind === 'thread') throw new UnsupportedError('a change of a thread')
  const body = checked(channelChange, bodyObject(call))
  refuseUnsupported(body, CHANNEL_UNSUPPORTED)
  const { permission_overwrites: sent, parent_id: parentId } = body
  demand(guild, ['MANAGE_CHANNELS'], channel)
  const overwrites = sent ? overwritesOf(sent) : undefined
  if (overwrites) {
    demand(guild, ['MANAGE_ROLES'], channel)
    const parent = channel.parentId === undefined ? undefined : guild.channels.get(channel.parentId)
    refuseForeign(guild, changedOverwrites(channel.overwrites, overwrites), { channel, parent })
  }
  if (parentId && channel.kind === 'category') {
    throw parentProblem('CHANNEL_PARENT_INVALID', 'A category cannot have a parent')
  }
  const target = parentId && parentId !== channel.parentId ? roomIn(guild, parentId, channel) : undefined
  if (target) demand(guild, ['MANAGE_CHANNELS'], target)
  const name = body.name === undefined ? channel.name : keptName(channel.kind, body.name)
  const topic = body.topic === undefined ? channel.topic : (body.topic ?? undefined)
  if (name !== channel.name || topic !== channel.topic) limits.admitEdit(channel.id)
  updateChannel(guild, channel, {
    name,
    topic,
    parentId: parentId === undefined ? channel.parentId : (parentId ?? undefined),
    position: body.position ?? channel.position,
    overwrites: overwrites ?? channel.overwrites,
  })
  return done(presentChannel(guild, channel))
}

/** https://docs.discord.com/developers/resources/channel#deleteclose-channel: a thread needs MANAGE_THREADS. */
export const remove: Handler = (call) => {
  const channel = visibleChannel(call)
  if (channel.kind === 'thread') {
    demand(call.guild, ['MANAGE_THREADS'], channel)
    deleteThread(call.guild, channel)
    return done(presentPlace(call.guild, channel))
  }
  demand(call.guild, ['MANAGE_CHANNELS'], channel)
  deleteChannel(call.guild, channel)
  return done(presentChannel(call.guild, channel))
}
