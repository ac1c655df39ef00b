import type { Json, JsonObject } from '@embargo/emulator-kit'
import { asJson } from '@embargo/emulator-kit'
import { FLAGS } from '../check/messages.ts'
import { DAY_MS } from '../limits.ts'
import type { Guild } from '../guild.ts'
import { timeOf } from '../snowflake.ts'
import type { Attachment, Message, Poll } from '../state.ts'
import { iso, presentUser } from './present.ts'

/** https://docs.discord.com/developers/resources/message#attachment-object, with a signed link that expires. */
export const presentAttachment = (guild: Guild, channel: string, file: Attachment): JsonObject => {
  const url = guild.cdn.link(channel, file)
  return {
    id: file.id,
    filename: file.filename,
    size: file.bytes.length,
    url,
    proxy_url: url,
    content_type: file.contentType,
    ...(file.description === undefined ? {} : { description: file.description }),
  }
}

// The embeds to show. SUPPRESS_EMBEDS hides all of them, including the app's own:
// …/resources/message#message-object-message-flags
const presentEmbeds = (message: Message): Json =>
  (message.flags & FLAGS.suppressEmbeds) === 0 ? asJson(message.embeds.map((each) => ({ type: 'rich', ...each }))) : []

/** Gives every component an id as Discord does, counting from 1 in reading order. */
const numbered = (components: Json): Json => {
  let last = 0
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((each: Json) => walk(each))
    if (typeof value !== 'object' || value === null) return value
    const isComponent = 'type' in value && typeof value['type'] === 'number'
    const own = isComponent ? { id: (last += 1) } : {}
    const walked: JsonObject = Object.fromEntries(
      Object.entries(value as JsonObject).map(([key, each]) => [key, walk(each ?? null)]),
    )
    return { ...walked, ...own }
  }
  return walk(components)
}

/**
 * https://docs.discord.com/developers/resources/message#message-object. `readable` is false if the app lacks the
 * MESSAGE_CONTENT intent. The app then sees the content only of its own messages and of those that mention it.
 */
export const presentMessage = (
  guild: Guild,
  message: Message,
  options: { readonly readable?: boolean; readonly withNonce?: boolean } = {},
): JsonObject => {
  const author = guild.userOf(message.author)
  const isOpen = options.readable !== false || message.fromApp || message.pings.users.includes(guild.bot.id)
  return {
    id: message.id,
    channel_id: message.channel,
    type: message.type,
    author: author ? presentUser(author) : null,
    content: isOpen ? message.content : '',
    embeds: isOpen ? presentEmbeds(message) : [],
    components: isOpen ? numbered(asJson(message.components)) : [],
    attachments: isOpen ? message.attachments.map((each) => presentAttachment(guild, message.channel, each)) : [],
    mentions: message.pings.users.flatMap((id) => {
      const user = guild.userOf(id)
      return user ? [presentUser(user)] : []
    }),
    mention_roles: [...message.pings.roles],
    mention_everyone: message.pings.everyone,
    timestamp: iso(timeOf(message.id)),
    edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
    flags: message.flags,
    pinned: message.pinned,
    tts: false,
    ...(message.fromApp && message.interaction !== undefined
      ? { application_id: guild.application.id, webhook_id: guild.application.id }
      : {}),
    ...(options.withNonce === true && message.nonce !== undefined ? { nonce: message.nonce } : {}),
    ...(message.reference === undefined
      ? {}
      : {
          message_reference: {
            type: 0,
            // A system message about a thread refers to the thread: …/resources/message#message-reference-types
            ...(message.type === 18
              ? { channel_id: message.reference }
              : { message_id: message.reference, channel_id: message.channel }),
            guild_id: guild.id,
          },
        }),
    ...(message.type === 19 ? { referenced_message: presentReferenced(guild, message, options) } : {}),
    ...(message.forwarded === undefined ? {} : presentForward(guild, message.forwarded, isOpen)),
    ...(message.poll === undefined || !isOpen ? {} : { poll: presentPoll(guild, message.poll) }),
  }
}

/** https://docs.discord.com/developers/resources/message#message-snapshot-object */
const presentForward = (guild: Guild, from: Message, isOpen: boolean): JsonObject => {
  const seen = presentMessage(guild, from, { readable: isOpen })
  const kept = ['content', 'mentions', 'mention_roles', 'attachments', 'embeds', 'components'] as const
  const times = ['type', 'timestamp', 'edited_timestamp', 'flags'] as const
  return {
    message_reference: { type: 1, message_id: from.id, channel_id: from.channel, guild_id: guild.id },
    message_snapshots: [{ message: Object.fromEntries([...kept, ...times].map((name) => [name, seen[name] ?? null])) }],
  }
}

/** https://docs.discord.com/developers/resources/poll#poll-object */
const presentPoll = (guild: Guild, { question, answers }: Poll): JsonObject => ({
  question: { text: question },
  answers: answers.map((text, index) => ({ answer_id: index + 1, poll_media: { text } })),
  expiry: iso(guild.clock.wall() + DAY_MS),
  allow_multiselect: false,
  layout_type: 1,
  results: { answer_counts: [], is_finalized: false },
})

const presentReferenced = (
  guild: Guild,
  reply: Message,
  options: { readonly readable?: boolean; readonly withNonce?: boolean },
): Json => {
  const there = guild.placeOf(reply.channel)?.messages
  const found = there?.find((each) => each.id === reply.reference && !each.deleted)
  return found ? presentMessage(guild, found, { ...options, withNonce: false }) : null
}
