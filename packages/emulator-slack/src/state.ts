import type { Block } from './blocks/blocks.ts'
import type { Option } from './blocks/text.ts'
import type { HomeView, ModalView } from './blocks/views.ts'
import type { Json, JsonObject } from '@embargo/emulator-kit'

/** Message metadata: https://docs.slack.dev/messaging/message-metadata */
export type Metadata = { readonly event_type: string; readonly event_payload: JsonObject }

/** The content of a message at one time. */
export type MessageContent = { readonly text: string; readonly blocks: readonly Block[] }

/** A message in a channel. `ts` is its id and instant, in seconds with six decimals. */
export type Message = {
  readonly ts: string
  readonly channel: string
  /** The user who wrote the message; the app's own user for the app's messages. */
  readonly user: string
  readonly fromApp: boolean
  readonly threadTs: string | undefined
  readonly unfurlLinks: boolean
  readonly unfurlMedia: boolean
  readonly files: readonly string[]
  /**
   * Whether a reply in a thread was also sent to the channel:
   * https://docs.slack.dev/reference/events/message/thread_broadcast
   */
  readonly isBroadcast: boolean
  /** The forwarded messages, and Slack's previews of the links in the text. */
  attachments: readonly JsonObject[]
  text: string
  blocks: readonly Block[]
  metadata: Metadata | undefined
  pinned: boolean
  deleted: boolean
  /** The content of the message before each edit, oldest first. */
  readonly edits: MessageContent[]
}

/** A channel or, if `isDirect`, the direct messages between the app and one person. */
export type Channel = {
  readonly id: string
  name: string
  isPrivate: boolean
  readonly isDirect: boolean
  isExternallyShared: boolean
  readonly creator: string
  readonly createdAt: number
  readonly members: Set<string>
  topic: string
  archived: boolean
  /**
   * Whether the app archived the channel and was thereby removed from it:
   * https://docs.slack.dev/reference/methods/conversations.archive
   */
  appEjected: boolean
  readonly messages: Message[]
}

/**
 * A message that only one person sees. `interaction`: the interaction through whose response URL the message came, if
 * it came that way.
 */
export type EphemeralMessage = {
  readonly ts: string
  readonly channel: string
  readonly user: string
  readonly interaction: string | undefined
  text: string
  blocks: readonly Block[]
  deleted: boolean
}

/** The value of one input, as view_submission carries it. */
export type InputState = JsonObject

/** A modal that a person sees or saw. */
export type OpenView = {
  readonly id: string
  readonly user: string
  /** The interaction whose trigger opened the modal. */
  readonly interaction: string
  readonly rootId: string
  readonly previousId: string | undefined
  view: ModalView
  hash: string
  open: boolean
  /** The person's input, by block_id and action_id. */
  readonly values: Map<string, Map<string, InputState>>
  /** The app's suggestions for the selects of the modal, by block_id. */
  readonly offered: Map<string, readonly Option[]>
  /** The earlier contents of the modal, oldest first. */
  readonly earlier: ModalView[]
}

/** The Home tab that the app published for one person. */
export type Home = { readonly id: string; readonly user: string; view: HomeView; hash: string }

/** An uploaded file. It is `shared` after files.completeUploadExternal named a channel. */
export type StoredFile = {
  readonly id: string
  readonly name: string
  readonly length: number
  /** The type that the uploader named. */
  readonly type: string
  readonly user: string
  title: string
  content: Buffer | undefined
  completed: boolean
  channels: string[]
}

/** One request that reached the platform. Tokens are not recorded. */
export type RequestRecord = {
  readonly method: string
  readonly args: JsonObject
  /** `ok`, an error name, or the effect of a fault, such as `status 500` or `ok, answer lost`. */
  outcome: string
}

/** A member of the workspace. */
export type User = {
  readonly id: string
  readonly name: string
  readonly realName: string
  readonly email: string | undefined
  readonly timeZone: string
  readonly isBot: boolean
  readonly isDeleted: boolean
  /** A single- or multi-channel guest: `is_restricted`, `is_ultra_restricted`. */
  readonly isGuest: boolean
  /** A member of another organisation in a shared channel: `is_stranger`. */
  readonly isStranger: boolean
}

/** A user group such as @security-team. */
export type UserGroup = {
  readonly id: string
  readonly handle: string
  readonly name: string
  users: readonly string[]
  readonly isDisabled: boolean
}

/** A phone's lock-screen notification of a new message. */
export type Notification = { readonly channel: string; readonly ts: string; readonly text: string }

/** Everything that tests assert on. Reading it again shows what has happened since. */
export type SlackState = {
  readonly users: ReadonlyMap<string, User>
  readonly userGroups: ReadonlyMap<string, UserGroup>
  readonly channels: ReadonlyMap<string, Channel>
  readonly ephemerals: readonly EphemeralMessage[]
  readonly views: readonly OpenView[]
  /** The Home tabs by user. */
  readonly homes: ReadonlyMap<string, Home>
  readonly files: ReadonlyMap<string, StoredFile>
  readonly requests: readonly RequestRecord[]
  readonly notifications: readonly Notification[]
  /** The number of open sockets. */
  readonly connections: number
  /** The channel with this name, archived or not. */
  channelNamed(name: string): Channel | undefined
  /** The messages of a channel that are not deleted, oldest first. */
  messagesIn(channel: string): readonly Message[]
  /** All text that the platform ever got: requests, uploads, answers, and what people typed. */
  everything(): string
}

/** Any JSON that a person or the app sent, stored for `everything`. */
export type LedgerEntry = Json | undefined
