import { ApiError } from '../errors.ts'
import { setPinned } from '../life/messages.ts'
import { PINS_MAX, PINS_PAGE_MAX } from '../limits.ts'
import { PERMISSIONS, allows } from '../permissions.ts'
import type { Channel, Message } from '../state.ts'
import type { Call, Handler } from './call.ts'
import { demand, done, isSystem, messageOf, nothing, param, visibleText } from './call.ts'
import { readableOverHttp } from './messages.ts'
import { presentMessage } from './present-message.ts'

const pinsOf = (channel: Channel): readonly Message[] =>
  channel.messages
    .filter((each) => each.pinned && !each.deleted)
    .toSorted((one, other) => (other.pinnedAt ?? 0) - (one.pinnedAt ?? 0))

/** https://docs.discord.com/developers/resources/message#pin-message: needs the separate permission PIN_MESSAGES. */
export const create: Handler = (call) => {
  const channel = visibleText(call)
  demand(call.guild, ['PIN_MESSAGES'], channel)
  const message = messageOf(channel, param(call, 'message_id'))
  if (isSystem(message)) throw new ApiError('systemMessage')
  if (!message.pinned && pinsOf(channel).length >= PINS_MAX) throw new ApiError('pinsFull')
  setPinned(call.guild, message, { user: call.guild.bot.id, pinned: true })
  return nothing()
}

/** https://docs.discord.com/developers/resources/message#unpin-message */
export const remove: Handler = (call) => {
  const channel = visibleText(call)
  demand(call.guild, ['PIN_MESSAGES'], channel)
  setPinned(call.guild, messageOf(channel, param(call, 'message_id')), { user: call.guild.bot.id, pinned: false })
  return nothing()
}

const readable = (call: Call): readonly Message[] => {
  const channel = visibleText(call)
  const mayRead = allows(call.guild.permissionsOf(call.guild.bot.id, channel), PERMISSIONS.READ_MESSAGE_HISTORY)
  return mayRead ? pinsOf(channel) : []
}

/** https://docs.discord.com/developers/resources/message#get-channel-pins: newest first, in pages of fifty. */
export const list: Handler = (call) => {
  const limit = Math.min(PINS_PAGE_MAX, Math.max(1, Number(call.query.get('limit') ?? PINS_PAGE_MAX)))
  const before = call.query.get('before')
  const all = readable(call).filter((each) => before === null || (each.pinnedAt ?? 0) < Date.parse(before))
  return done({
    items: all.slice(0, limit).map((each) => ({
      pinned_at: new Date(each.pinnedAt ?? 0).toISOString(),
      message: presentMessage(call.guild, each, readableOverHttp(call.guild)),
    })),
    has_more: all.length > limit,
  })
}

/** …/resources/message#get-pinned-messages-deprecated */
export const listDeprecated: Handler = (call) =>
  done(
    readable(call)
      .slice(0, PINS_PAGE_MAX)
      .map((each) => presentMessage(call.guild, each, readableOverHttp(call.guild))),
  )
