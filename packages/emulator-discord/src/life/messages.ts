import type { AllowedMentions } from '../check/messages.ts'
import { FLAGS } from '../check/messages.ts'
import { textsOf } from '../check/components.ts'
import type { GatewayEvent, Guild } from '../guild.ts'
import { fetchedBy, noPings, pingsOf } from '../mentions.ts'
import { PERMISSIONS, allows } from '../permissions.ts'
import { presentMessage } from '../rest/present-message.ts'
import type { Channel, Message } from '../state.ts'

/** A message that is about to be stored. */
export type Draft = Pick<Message, 'channel' | 'author' | 'content' | 'embeds' | 'components'> &
  Partial<
    Pick<
      Message,
      'type' | 'flags' | 'attachments' | 'nonce' | 'reference' | 'forwarded' | 'poll' | 'interaction' | 'ephemeralTo'
    >
  > & {
    readonly allowed?: AllowedMentions | null | undefined
  }

const soundsOf = (
  guild: Guild,
  draft: Pick<Draft, 'channel' | 'author' | 'content' | 'components' | 'reference' | 'allowed'>,
) => {
  const channel = guild.placeOf(draft.channel)
  const repliedTo = guild.messageById(draft.reference)?.author
  return pingsOf(draft, {
    allowed: draft.allowed,
    mayEveryone: allows(guild.permissionsOf(draft.author, channel), PERMISSIONS.MENTION_EVERYONE),
    roles: guild.roles,
    repliedTo: repliedTo === draft.author ? undefined : repliedTo,
  })
}

const build = (guild: Guild, draft: Draft): Message => {
  const flags = draft.flags ?? 0
  const message = {
    id: guild.ids.next(),
    channel: draft.channel,
    author: draft.author,
    fromApp: draft.author === guild.bot.id,
    type: draft.type ?? (draft.reference === undefined ? 0 : 19),
    ephemeralTo: draft.ephemeralTo,
    interaction: draft.interaction,
    nonce: draft.nonce,
    sentAt: guild.clock.monotonic(),
    reference: draft.reference,
    forwarded: draft.forwarded,
    poll: draft.poll,
    content: draft.content,
    embeds: draft.embeds,
    components: draft.components,
    attachments: draft.attachments ?? [],
    flags,
    pinned: false,
    pinnedAt: undefined,
    deleted: false,
    editedAt: undefined,
    edits: [],
  }
  return { ...message, pings: soundsOf(guild, draft), fetched: fetchedBy(message) }
}

// Records the notification that a lock screen would show. If a message has only embeds, the text of the notification
// depends on the device. Everything that a device could show is recorded, because a test for leaks must assume the
// device that shows most.
const notify = (guild: Guild, message: Message): void => {
  if ((message.flags & (FLAGS.suppressNotifications | FLAGS.loading)) !== 0) return
  const parts = textsOf(message.components).slice(0, 1)
  const embed = message.embeds[0]
  const shown = message.content === '' ? [embed?.title, embed?.description, ...parts] : [message.content]
  const text = shown.filter((part) => part !== undefined && part !== null && part !== '').join('\n')
  guild.notifications.push({ channel: message.channel, message: message.id, text })
}

/** Sends an event about a message, but only if the bot can see its channel. */
const tell = (guild: Guild, message: Message, name: string, data: GatewayEvent['data']): void => {
  const channel = guild.placeOf(message.channel)
  const isSeen = channel && allows(guild.permissionsOf(guild.bot.id, channel), PERMISSIONS.VIEW_CHANNEL)
  if (!isSeen || message.ephemeralTo !== undefined) return guild.changes.announce()
  guild.publish(name, 'GuildMessages', data)
}

/** Stores a message in its channel, and notifies those whom Discord would notify. */
export const postMessage = (guild: Guild, channel: Channel, draft: Draft): Message => {
  const message = build(guild, draft)
  guild.keep(channel, message)
  notify(guild, message)
  tell(guild, message, 'MESSAGE_CREATE', ({ readable }) => ({
    ...presentMessage(guild, message, { readable, withNonce: true }),
    guild_id: guild.id,
    ...memberPart(guild, message.author),
  }))
  return message
}

/** Shows something to one person alone. The gateway has no event for this. */
export const whisper = (guild: Guild, draft: Draft & { readonly ephemeralTo: string }): Message => {
  const message: Message = { ...build(guild, draft), flags: (draft.flags ?? 0) | FLAGS.ephemeral, pings: noPings() }
  guild.ephemerals.push(message)
  notify(guild, message)
  guild.changes.announce()
  return message
}

/** Changes the given fields, and keeps the others. An edit causes no notification. */
export const editMessage = (
  guild: Guild,
  message: Message,
  change: Partial<Pick<Message, 'content' | 'embeds' | 'components' | 'attachments' | 'flags'>>,
): void => {
  message.edits.push({ content: message.content, embeds: message.embeds, components: message.components })
  Object.assign(message, change)
  message.fetched = [...new Set([...message.fetched, ...fetchedBy(message)])]
  message.editedAt = guild.clock.wall()
  tellUpdate(guild, message)
}

const tellUpdate = (guild: Guild, message: Message): void => {
  tell(guild, message, 'MESSAGE_UPDATE', ({ readable }) => ({
    ...presentMessage(guild, message, { readable }),
    guild_id: guild.id,
    ...memberPart(guild, message.author),
  }))
}

/** Deletes a message, or dismisses an ephemeral one. */
export const deleteMessage = (guild: Guild, message: Message): void => {
  message.deleted = true
  tell(guild, message, 'MESSAGE_DELETE', () => ({
    id: message.id,
    channel_id: message.channel,
    guild_id: guild.id,
  }))
}

/** Pins or unpins a message. A system message in the channel reports a pin, as in Discord. */
export const setPinned = (
  guild: Guild,
  message: Message,
  by: { readonly user: string; readonly pinned: boolean },
): void => {
  const channel = guild.placeOf(message.channel)
  if (!channel || message.pinned === by.pinned) return
  message.pinned = by.pinned
  message.pinnedAt = by.pinned ? guild.clock.wall() : undefined
  tellUpdate(guild, message)
  guild.publish('CHANNEL_PINS_UPDATE', 'Guilds', {
    guild_id: guild.id,
    channel_id: channel.id,
    last_pin_timestamp: message.pinnedAt === undefined ? null : new Date(message.pinnedAt).toISOString(),
  })
  if (!by.pinned) return
  postMessage(guild, channel, {
    channel: channel.id,
    author: by.user,
    type: 6,
    content: '',
    embeds: [],
    components: [],
    reference: message.id,
    allowed: { parse: [] },
  })
}

const memberPart = (guild: Guild, author: string) => {
  const member = guild.memberOf(author)
  return member
    ? {
        member: {
          roles: [...member.roles],
          joined_at: new Date(member.joinedAt).toISOString(),
          deaf: false,
          mute: false,
          flags: 0,
        },
      }
    : {}
}
