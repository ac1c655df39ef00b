import { checkMessage } from '../check/messages.ts'
import { ApiError, invalidForm } from '../errors.ts'
import type { Guild } from '../guild.ts'
import { deleteMessage, postMessage } from '../life/messages.ts'
import { HISTORY_LIMIT_DEFAULT, HISTORY_LIMIT_MAX, NONCE_MS } from '../limits.ts'
import { PERMISSIONS, allows } from '../permissions.ts'
import type { Channel, Message } from '../state.ts'
import type { Call, Handler } from './call.ts'
import { demand, done, isSystem, messageOf, nothing, param, visibleChannel, visibleText } from './call.ts'
import { applyEdit, draftOf } from './content.ts'
import { presentMessage } from './present-message.ts'

/**
 * An app without the MESSAGE_CONTENT toggle cannot read messages over HTTP either:
 * …/events/gateway#message-content-intent
 */
export const readableOverHttp = (guild: Guild): { readonly readable: boolean } => ({
  readable: guild.privilegedIntents.has('MessageContent'),
})

const refuseLostReply = (guild: Guild, channel: Channel, body: ReturnType<typeof checkMessage>): void => {
  const reference = body.message_reference
  if (!reference) return
  if (!allows(guild.permissionsOf(guild.bot.id, channel), PERMISSIONS.READ_MESSAGE_HISTORY)) {
    throw new ApiError('noHistory')
  }
  const target = channel.messages.find((each) => each.id === reference.message_id && !each.deleted)
  if (target && isSystem(target)) {
    const message = 'Cannot reply to a system message'
    throw invalidForm([{ path: ['message_reference'], code: 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE', message }])
  }
  if (target || reference.fail_if_not_exists === false) return
  throw invalidForm([{ path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }])
}

// An earlier message with this nonce: https://docs.discord.com/developers/resources/message#create-message. For a few
// minutes, Discord does not post a second message with the same author and nonce, and returns the first one instead.
const sameNonce = (call: Call, nonce: string): Message | undefined => {
  const { guild } = call
  const found = guild.lastWithNonce(nonce)
  const isFresh = found !== undefined && found.sentAt >= guild.clock.monotonic() - NONCE_MS
  return isFresh && !found.deleted && guild.placeOf(found.channel) !== undefined ? found : undefined
}

/** https://docs.discord.com/developers/resources/message#create-message */
export const create: Handler = (call) => {
  const { guild } = call
  const channel = visibleText(call)
  demand(guild, ['SEND_MESSAGES'], channel)
  const body = checkMessage(call.body)
  if ((body.embeds ?? []).length > 0) demand(guild, ['EMBED_LINKS'], channel)
  if (call.files.length > 0) demand(guild, ['ATTACH_FILES'], channel)
  refuseLostReply(guild, channel, body)
  const repeated = body.enforce_nonce === true && body.nonce ? sameNonce(call, body.nonce) : undefined
  if (repeated) return done(presentMessage(guild, repeated, { withNonce: true }))
  const message = postMessage(guild, channel, draftOf(guild, channel.id, { body, files: call.files }))
  return done(presentMessage(guild, message, { withNonce: true }))
}

const limitOf = (query: URLSearchParams, max: number, fallback: number): number => {
  const text = query.get('limit')
  if (text === null) return fallback
  const limit = Number(text)
  if (Number.isInteger(limit) && limit >= 1 && limit <= max) return limit
  const message = `int value should be between 1 and ${max}.`
  throw invalidForm([{ path: ['limit'], code: limit > max ? 'NUMBER_TYPE_MAX' : 'NUMBER_TYPE_MIN', message }])
}

/** https://docs.discord.com/developers/resources/message#get-channel-messages: newest first. */
export const list: Handler = (call) => {
  const { guild, query } = call
  const channel = visibleText(call)
  const limit = limitOf(query, HISTORY_LIMIT_MAX, HISTORY_LIMIT_DEFAULT)
  if (!allows(guild.permissionsOf(guild.bot.id, channel), PERMISSIONS.READ_MESSAGE_HISTORY)) return done([])
  const all = channel.messages.filter((each) => !each.deleted)
  const page = pageOf(all, query, limit)
  return done(page.toReversed().map((each) => presentMessage(guild, each, readableOverHttp(guild))))
}

const pageOf = (all: readonly Message[], query: URLSearchParams, limit: number): readonly Message[] => {
  const [before, after, around] = [query.get('before'), query.get('after'), query.get('around')]
  if (after !== null) return all.filter((each) => BigInt(each.id) > BigInt(after)).slice(0, limit)
  if (before !== null) return all.filter((each) => BigInt(each.id) < BigInt(before)).slice(-limit)
  if (around === null) return all.slice(-limit)
  const at = all.findIndex((each) => BigInt(each.id) >= BigInt(around))
  const start = Math.max(0, (at < 0 ? all.length : at) - Math.floor(limit / 2))
  return all.slice(start, start + limit)
}

/** https://docs.discord.com/developers/resources/message#get-channel-message */
export const get: Handler = (call) => {
  const channel = visibleText(call)
  demand(call.guild, ['READ_MESSAGE_HISTORY'], channel)
  const message = messageOf(channel, param(call, 'message_id'))
  return done(presentMessage(call.guild, message, readableOverHttp(call.guild)))
}

/** https://docs.discord.com/developers/resources/message#edit-message */
export const update: Handler = (call) => {
  const { guild } = call
  const channel = visibleText(call)
  const message = messageOf(channel, param(call, 'message_id'))
  if (!message.fromApp) throw new ApiError('notYourMessage')
  if (isSystem(message)) throw new ApiError('systemMessage')
  const body = checkMessage(call.body, { before: message.flags })
  if ((body.embeds ?? []).length > 0) demand(guild, ['EMBED_LINKS'], channel)
  if (call.files.length > 0) demand(guild, ['ATTACH_FILES'], channel)
  applyEdit(guild, message, { body, files: call.files })
  return done(presentMessage(guild, message))
}

/** https://docs.discord.com/developers/resources/message#delete-message */
export const remove: Handler = (call) => {
  const channel = visibleText(call)
  const message = messageOf(channel, param(call, 'message_id'))
  if (!message.fromApp) demand(call.guild, ['MANAGE_MESSAGES'], channel)
  deleteMessage(call.guild, message)
  return nothing()
}

/** https://docs.discord.com/developers/resources/channel#trigger-typing-indicator */
export const typing: Handler = (call) => {
  demand(call.guild, ['SEND_MESSAGES'], visibleChannel(call))
  return nothing()
}
