import type { Command } from './check/commands.ts'
import type { Component } from './check/components.ts'
import type { Embed } from './check/embeds.ts'
import type { Modal } from './check/modals.ts'
import type { JsonObject } from '@embargo/emulator-kit'

/** A user account. */
export type User = {
  readonly id: string
  readonly username: string
  readonly globalName: string | undefined
  readonly isBot: boolean
}

/** A member of the guild. */
export type Member = {
  readonly user: User
  readonly roles: Set<string>
  readonly joinedAt: number
  readonly isPending?: boolean
  readonly isGuest?: boolean
  nick: string | undefined
}

/** A role. The role with the id of the guild is @everyone. */
export type Role = {
  readonly id: string
  name: string
  position: number
  permissions: bigint
  readonly mentionable: boolean
  /** Whether the role belongs to an app or to the boosters of the server: no bot can give or take it. */
  readonly managed: boolean
}

/** A permission overwrite for a role (`type` 0) or a member (`type` 1). */
export type Overwrite = { readonly id: string; readonly type: 0 | 1; readonly allow: bigint; readonly deny: bigint }

/** The fields that only a thread has. */
export type Thread = {
  readonly ownerId: string
  /** Visible only to its members and to people who may manage threads. */
  readonly isPrivate: boolean
  readonly members: Set<string>
  readonly createdAt: number
}

/** A text channel, a category, or a thread. A thread has its text channel as parent, and no overwrites. */
export type Channel = {
  readonly id: string
  readonly kind: 'text' | 'category' | 'thread'
  /**
   * Whether other servers can follow this text channel. See the field `type` in
   * https://docs.discord.com/developers/resources/channel#modify-channel
   */
  isAnnouncement?: boolean
  readonly thread?: Thread
  name: string
  topic: string | undefined
  parentId: string | undefined
  position: number
  overwrites: readonly Overwrite[]
  /** All messages, including deleted ones and system messages. */
  readonly messages: Message[]
}

/** A file of a message or of a command, on the CDN. */
export type Attachment = {
  readonly id: string
  readonly filename: string
  readonly description: string | undefined
  readonly contentType: string
  readonly bytes: Buffer
}

/** The people and roles that a message pings. */
export type Pings = {
  readonly everyone: boolean
  readonly users: readonly string[]
  readonly roles: readonly string[]
}

/** The content of a message at one time. */
export type MessageContent = {
  readonly content: string
  readonly embeds: readonly Embed[]
  readonly components: readonly Component[]
}

/** The question of a poll, and its choices. */
export type Poll = { readonly question: string; readonly answers: readonly string[] }

/** A message in a channel. If `ephemeralTo` is set, only the person with this id sees the message. */
export type Message = {
  readonly id: string
  readonly channel: string
  readonly author: string
  readonly fromApp: boolean
  /**
   * 0: a plain message; 6: somebody pinned a message; 18: somebody started a thread; 19: a reply; 20: an answer to a
   * command; 23: an answer to a context menu.
   */
  readonly type: 0 | 6 | 18 | 19 | 20 | 23
  readonly ephemeralTo: string | undefined
  /** The interaction that the message answers. */
  readonly interaction: string | undefined
  readonly nonce: string | undefined
  /** When the message was sent, on the monotonic clock, to compute the age of its nonce. */
  readonly sentAt: number
  readonly reference: string | undefined
  /** The forwarded message; the content of a forward itself is empty: …/resources/message#message-snapshot-object */
  readonly forwarded: Message | undefined
  /** …/resources/poll#poll-object */
  readonly poll: Poll | undefined
  content: string
  embeds: readonly Embed[]
  components: readonly Component[]
  attachments: readonly Attachment[]
  flags: number
  pings: Pings
  /** Addresses that Discord would fetch to show the message: links with a preview, and pictures of embeds. */
  fetched: readonly string[]
  pinned: boolean
  pinnedAt: number | undefined
  deleted: boolean
  editedAt: number | undefined
  /** The content of the message before each edit, oldest first. */
  readonly edits: MessageContent[]
}

/** A modal that a person sees or saw. */
export type OpenModal = {
  readonly id: string
  readonly user: string
  readonly interaction: string
  readonly channel: string
  /** The message whose component opened the modal. */
  readonly origin: Message | undefined
  readonly modal: Modal
  open: boolean
}

/** One request that reached the platform. Tokens are not recorded. */
export type RequestRecord = {
  /** The operation's id in Discord's API description, such as `create_message`. */
  readonly method: string
  /** `/channels/1/messages`, without tokens. */
  readonly path: string
  readonly args: JsonObject
  /** The app's reason for the audit log. */
  readonly reason: string | undefined
  /** `ok`, an error code with its name, or the effect of a fault, such as `status 500` or `ok, answer lost`. */
  outcome: string
}

/** A phone's lock-screen notification of a new message. */
export type Notification = { readonly channel: string; readonly message: string; readonly text: string }

/** A command as it is registered: the sent fields, with its id. */
export type RegisteredCommand = {
  readonly id: string
  readonly version: string
  readonly command: Command
}

/** Everything that tests assert on. The object always shows the present state of the server. */
export type DiscordState = {
  readonly members: ReadonlyMap<string, Member>
  readonly roles: ReadonlyMap<string, Role>
  /** Channels and categories that exist. */
  readonly channels: ReadonlyMap<string, Channel>
  /** Threads that exist, in all channels. */
  readonly threads: ReadonlyMap<string, Channel>
  readonly ephemerals: readonly Message[]
  readonly modals: readonly OpenModal[]
  readonly commands: readonly RegisteredCommand[]
  readonly requests: readonly RequestRecord[]
  readonly notifications: readonly Notification[]
  /** The number of gateway sessions that are open and identified. */
  readonly connections: number
  /** Whether the bot is a member of the guild. */
  readonly isInstalled: boolean
  /** Responses with 401, 403 and 429 within ten minutes. Ten thousand of them cause a ban of the address. */
  readonly invalidRequests: number
  /** The number of requests that were rejected because the caller's address was banned. */
  readonly shutOut: number
  channelNamed(name: string): Channel | undefined
  categoryNamed(name: string): Channel | undefined
  /** The messages of a channel that are not deleted, oldest first, without system messages. */
  messagesIn(channel: string): readonly Message[]
  /** The people and bots who can see a channel, by id. */
  viewersOf(channel: string): readonly string[]
  /** All text that the platform ever got: requests, uploads, answers, and what people typed. */
  everything(): string
}
