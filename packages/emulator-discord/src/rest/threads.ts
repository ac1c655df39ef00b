import { newThread } from '../check/channels.ts'
import { checked, refuseUnsupported } from '../check/problems.ts'
import { ApiError } from '../errors.ts'
import { createThread } from '../life/threads.ts'
import type { Channel } from '../state.ts'
import type { Call, Handler } from './call.ts'
import { bodyObject, created, demand, done, messageOf, ownGuild, param, visibleChannel } from './call.ts'
import { presentThread } from './present.ts'

/**
 * Fields of a thread that are checked, and then refused if they are set, because the emulator does not support them.
 */
const UNSUPPORTED: readonly string[] = ['rate_limit_per_user', 'auto_archive_duration', 'invitable']

const textChannel = (call: Call): Channel => {
  const channel = visibleChannel(call)
  if (channel.kind !== 'text') throw new ApiError('wrongChannelType')
  return channel
}

/**
 * https://docs.discord.com/developers/resources/channel#start-thread-without-message: a thread is private by default.
 */
export const create: Handler = (call) => {
  const { guild } = call
  const channel = textChannel(call)
  const body = checked(newThread, bodyObject(call))
  refuseUnsupported(body, UNSUPPORTED)
  const isPrivate = body.type !== 11
  demand(guild, [isPrivate ? 'CREATE_PRIVATE_THREADS' : 'CREATE_PUBLIC_THREADS'], channel)
  return created(presentThread(guild, createThread(guild, channel, { name: body.name, by: guild.bot.id, isPrivate })))
}

/**
 * …/resources/channel#start-thread-from-message: the thread has the id of its message, and a message can have only one
 * thread.
 */
export const createFromMessage: Handler = (call) => {
  const { guild } = call
  const channel = textChannel(call)
  const from = messageOf(channel, param(call, 'message_id'))
  const body = checked(newThread, bodyObject(call))
  refuseUnsupported(body, UNSUPPORTED)
  demand(guild, ['CREATE_PUBLIC_THREADS'], channel)
  if (guild.threads.has(from.id)) throw new ApiError('threadThere')
  const thread = createThread(guild, channel, { name: body.name, by: guild.bot.id, isPrivate: false, from })
  return created(presentThread(guild, thread))
}

/** https://docs.discord.com/developers/resources/guild#list-active-guild-threads */
export const listActive: Handler = (call) => {
  const guild = ownGuild(call)
  const threads = [...guild.threads.values()].filter((each) => guild.permissionsOf(guild.bot.id, each) !== 0n)
  return done({ threads: threads.map((each) => presentThread(guild, each)), members: [], has_more: false })
}
