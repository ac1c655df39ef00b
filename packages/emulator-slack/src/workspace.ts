import type { Block } from './blocks/blocks.ts'
import { asJson, Changes } from '@embargo/emulator-kit'
import type { EmulatorClock, JsonObject } from '@embargo/emulator-kit'
import type { SlackEmulatorOptions } from './options.ts'
import { renderMessage } from './render/message.ts'
import { seedChannels, seedGroups, seedUsers } from './seeds.ts'
import type {
  Channel,
  EphemeralMessage,
  Home,
  LedgerEntry,
  Message,
  Notification,
  OpenView,
  RequestRecord,
  SlackState,
  StoredFile,
  User,
  UserGroup,
} from './state.ts'

/** The app's identity in the workspace. */
export type AppIdentity = {
  readonly id: string
  readonly botId: string
  readonly userId: string
  readonly name: string
}

/** A message that is about to be stored. */
export type Draft = Pick<Message, 'channel' | 'user' | 'fromApp' | 'text' | 'blocks'> &
  Partial<
    Pick<Message, 'threadTs' | 'metadata' | 'unfurlLinks' | 'unfurlMedia' | 'files' | 'isBroadcast' | 'attachments'>
  >

/**
 * Everything in the workspace. Only this class changes it. Its methods do not check Slack's rules, so their callers
 * must.
 */
export class Workspace implements SlackState {
  readonly changes = new Changes()
  readonly team: { readonly id: string; readonly name: string; readonly domain: string }
  readonly app: AppIdentity
  readonly clock: EmulatorClock
  readonly homeEnabled: boolean
  readonly enterprise: { readonly id: string; readonly name: string } | undefined
  /** Whether the app is installed for the whole organisation. */
  readonly orgInstall: boolean
  readonly users: Map<string, User>
  readonly userGroups: Map<string, UserGroup>
  readonly channels: Map<string, Channel>
  readonly ephemerals: EphemeralMessage[] = []
  readonly views: OpenView[] = []
  readonly homes = new Map<string, Home>()
  readonly files = new Map<string, StoredFile>()
  readonly requests: RequestRecord[] = []
  readonly notifications: Notification[] = []
  connections = 0
  readonly #ledger: LedgerEntry[] = []
  #serial = 0
  #lastMicros = 0

  constructor(options: SlackEmulatorOptions, clock: EmulatorClock) {
    const { team, app } = options
    this.clock = clock
    this.homeEnabled = options.home ?? true
    const { enterprise } = options
    this.enterprise = enterprise && { id: enterprise.id, name: enterprise.name ?? 'Organisation' }
    this.orgInstall = enterprise?.orgInstall ?? false
    this.team = { id: team?.id ?? 'T0TEAM', name: team?.name ?? 'Team', domain: team?.domain ?? 'team' }
    this.app = {
      id: app?.id ?? 'A0EMBARGO',
      botId: app?.botId ?? 'B0EMBARGO',
      userId: app?.userId ?? 'U0EMBARGO',
      name: app?.name ?? 'embargo',
    }
    this.users = seedUsers(options.users, this.app)
    this.userGroups = seedGroups(options.userGroups ?? [])
    this.channels = seedChannels(options.channels ?? [], { people: options.users, app: this.app, at: clock.wall() })
  }

  /** A new id such as C0000A7, which is never used twice. */
  nextId(prefix: string): string {
    this.#serial += 1
    return `${prefix}${this.#serial.toString(36).toUpperCase().padStart(8, '0')}`
  }

  /** A new message timestamp. It always grows, even if the wall clock stops or goes back. */
  nextTs(): string {
    this.#lastMicros = Math.max(Math.floor(this.clock.wall() * 1000), this.#lastMicros + 1)
    const seconds = Math.floor(this.#lastMicros / 1_000_000)
    return `${seconds}.${String(this.#lastMicros % 1_000_000).padStart(6, '0')}`
  }

  /** Stores texts that `everything` must return. */
  remember(words: unknown): void {
    this.#ledger.push(typeof words === 'string' ? words : asJson(words))
  }

  channelNamed(name: string): Channel | undefined {
    return [...this.channels.values()].find((channel) => channel.name === name)
  }

  messagesIn(channel: string): readonly Message[] {
    return this.channels.get(channel)?.messages.filter((message) => !message.deleted) ?? []
  }

  everything(): string {
    return this.#ledger.map((entry) => (typeof entry === 'string' ? entry : strings(entry).join('\n'))).join('\n')
  }

  /** The direct messages between the app and `user`, which are opened if necessary. */
  directChannel(user: string): Channel {
    const known = [...this.channels.values()].find((channel) => channel.isDirect && channel.members.has(user))
    if (known) return known
    const id = this.nextId('D')
    const channel: Channel = {
      id,
      name: '',
      isPrivate: true,
      isDirect: true,
      isExternallyShared: false,
      creator: this.app.userId,
      createdAt: this.clock.wall(),
      members: new Set([user, this.app.userId]),
      topic: '',
      archived: false,
      appEjected: false,
      messages: [],
    }
    this.channels.set(id, channel)
    return channel
  }

  /** Stores a message and notifies those whom Slack would notify. */
  post(channel: Channel, draft: Draft): Message {
    const message: Message = {
      ts: this.nextTs(),
      channel: draft.channel,
      user: draft.user,
      fromApp: draft.fromApp,
      threadTs: draft.threadTs,
      unfurlLinks: draft.unfurlLinks ?? true,
      unfurlMedia: draft.unfurlMedia ?? true,
      files: draft.files ?? [],
      isBroadcast: draft.isBroadcast ?? false,
      attachments: draft.attachments ?? [],
      text: draft.text,
      blocks: draft.blocks,
      metadata: draft.metadata,
      pinned: false,
      deleted: false,
      edits: [],
    }
    channel.messages.push(message)
    this.notify(message)
    this.changes.announce()
    return message
  }

  /** Shows something to one person alone. */
  whisper(to: Pick<EphemeralMessage, 'channel' | 'user' | 'interaction' | 'text' | 'blocks'>): EphemeralMessage {
    const ephemeral: EphemeralMessage = { ...to, ts: this.nextTs(), deleted: false }
    this.ephemerals.push(ephemeral)
    this.notify(ephemeral)
    this.changes.announce()
    return ephemeral
  }

  // https://docs.slack.dev/reference/methods/chat.postMessage#text_usage: with blocks, `text` is the notification. If
  // it is missing, Slack makes the notification from the blocks, which can put a card's content onto a lock screen.
  notify(message: { channel: string; ts: string; text: string; blocks: readonly Block[] }): void {
    const text = message.text === '' ? renderMessage({ text: '', blocks: message.blocks }) : message.text
    this.notifications.push({ channel: message.channel, ts: message.ts, text })
  }

  /** The name of a person or a channel, for rendering. */
  nameOf(id: string): string | undefined {
    return this.users.get(id)?.name ?? this.channels.get(id)?.name ?? this.userGroups.get(id)?.handle
  }

  /** Records a request; the caller sets the outcome when it is known. */
  record(method: string, args: JsonObject): RequestRecord {
    const request: RequestRecord = { method, args, outcome: 'running' }
    this.requests.push(request)
    this.remember(args)
    return request
  }
}

// Collects every text in a value. The keys are included, because a secret in a key is revealed too.
const strings = (value: LedgerEntry): string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((each) => strings(each))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [key, ...strings(each)])
}
