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

/** Somebody in the guild. */
export type Member = {
  readonly user: User
  readonly roles: Set<string>
  readonly joinedAt: number
  readonly isPending?: boolean
  readonly isGuest?: boolean
  nick: string | undefined
}

/** A role. The one with the guild's id is @everyone. */
export type Role = {
  readonly id: string
  name: string
  position: number
  permissions: bigint
  readonly mentionable: boolean
  /** It belongs to an app or to those who boost the server: no bot can give or take it. */
  readonly managed: boolean
}

/** A permission overwrite of a role (0) or a member (1). */
export type Overwrite = { readonly id: string; readonly type: 0 | 1; readonly allow: bigint; readonly deny: bigint }

/** The fields that only a thread has. */
export type Thread = {
  readonly ownerId: string
  /** Visible only to its members and to people who may manage threads. */
  readonly isPrivate: boolean
  readonly members: Set<string>
  readonly createdAt: number
}

/** A text channel, a category, or a thread. A thread has its text channel as parent, and no overwrites of its own. */
export type Channel = {
  readonly id: string
  readonly kind: 'text' | 'category' | 'thread'
  /** A text channel that others can follow: https://docs.discord.com/developers/resources/channel#modify-channel, `type`. */
  isAnnouncement?: boolean
  readonly thread?: Thread
  name: string
  topic: string | undefined
  parentId: string | undefined
  position: number
  overwrites: readonly Overwrite[]
  /** All there ever were, deleted ones and system messages too. */
  readonly messages: Message[]
}

/** A file of a message or of a command, on the content network. */
export type Attachment = {
  readonly id: string
  readonly filename: string
  readonly description: string | undefined
  readonly contentType: string
  readonly bytes: Buffer
}

/** Whom a message makes a sound for. */
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

/** A message: in a channel, or for one person alone where `ephemeralTo` names them. */
/** The question of a poll, and its choices. */
export type Poll = { readonly question: string; readonly answers: readonly string[] }

export type Message = {
  readonly id: string
  readonly channel: string
  readonly author: string
  readonly fromApp: boolean
  /**
   * 0: a plain message; 6: somebody pinned a message; 18: somebody began a thread; 19: a reply; 20: an answer to a
   * command; 23: an answer to a context menu.
   */
  readonly type: 0 | 6 | 18 | 19 | 20 | 23
  readonly ephemeralTo: string | undefined
  /** The interaction that it answers. */
  readonly interaction: string | undefined
  readonly nonce: string | undefined
  /** On the monotonic clock, by which a nonce ages. */
  readonly sentAt: number
  readonly reference: string | undefined
  /** For a forward, whose own content is empty: …/resources/message#message-snapshot-object */
  readonly forwarded: Message | undefined
  /** …/resources/poll#poll-object */
  readonly poll: Poll | undefined
  content: string
  embeds: readonly Embed[]
  components: readonly Component[]
  attachments: readonly Attachment[]
  flags: number
  pings: Pings
  /** Addresses that Discord would fetch to show this: links with a preview, images of embeds. */
  fetched: readonly string[]
  pinned: boolean
  pinnedAt: number | undefined
  deleted: boolean
  editedAt: number | undefined
  /** Its content before each edit, oldest first. */
  readonly edits: MessageContent[]
}

/** A modal that a person has or had before them. */
export type OpenModal = {
  readonly id: string
  readonly user: string
  readonly interaction: string
  readonly channel: string
  /** The message whose component opened it. */
  readonly origin: Message | undefined
  readonly modal: Modal
  open: boolean
}

/** One request that reached the platform. Tokens are not kept. */
export type RequestRecord = {
  /** The operation's id in Discord's API description, such as `create_message`. */
  readonly method: string
  /** `/channels/1/messages`, without tokens. */
  readonly path: string
  readonly args: JsonObject
  /** The app's entry in the audit log. */
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

/** Everything that tests assert on. It is live: reading it again shows what happened since. */
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
  /** Gateway sessions that are open and identified. */
  readonly connections: number
  /** The bot is a member of the guild. */
  readonly isInstalled: boolean
  /** Answers 401, 403 and 429 within ten minutes: ten thousand of them ban an address. */
  readonly invalidRequests: number
  /** Requests that were met at the edge by a ban of their address. */
  readonly shutOut: number
  channelNamed(name: string): Channel | undefined
  categoryNamed(name: string): Channel | undefined
  /** The messages of a channel that are not deleted, oldest first, without system messages. */
  messagesIn(channel: string): readonly Message[]
  /** The people and bots who can see a channel, by id. */
  viewersOf(channel: string): readonly string[]
  /** All text that the platform ever held: requests, uploads, answers, and what people typed. */
  everything(): string
}
