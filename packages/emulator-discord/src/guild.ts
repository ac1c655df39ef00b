import { asJson, Changes } from '@embargo/emulator-kit'
import type { EmulatorClock, Json, JsonObject } from '@embargo/emulator-kit'
import { Cdn } from './cdn.ts'
import { CATEGORY_REFUSES_FROM } from './limits.ts'
import type { DiscordEmulatorOptions, PrivilegedIntent } from './options.ts'
import { channelPermissions, guildPermissions, highestPosition, threadPermissions } from './permissions.ts'
import { seedChannels, seedMembers, seedRoles } from './seeds.ts'
import { Snowflakes } from './snowflake.ts'
import type {
  Channel,
  DiscordState,
  Member,
  Message,
  Notification,
  OpenModal,
  RegisteredCommand,
  RequestRecord,
  Role,
  User,
} from './state.ts'

/** The groups of events: https://docs.discord.com/developers/events/gateway#list-of-intents */
export type EventGroup = 'Guilds' | 'GuildMembers' | 'GuildMessages' | 'always'

/** An event that gateway sessions may get. */
export type GatewayEvent = {
  readonly name: string
  readonly group: EventGroup
  /** The data for a session. `readable`: whether the session has MESSAGE_CONTENT. */
  readonly data: (session: { readonly readable: boolean }) => JsonObject
}

/** The types of messages that people and apps write, in contrast to system messages. */
const SAID: ReadonlySet<number> = new Set([0, 19, 20, 23])

/** The state of the guild and the application. Its methods do not check Discord's rules, so their callers must. */
export class Guild implements DiscordState {
  readonly changes = new Changes()
  readonly clock: EmulatorClock
  readonly ids: Snowflakes
  readonly cdn: Cdn
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly application: { readonly id: string; readonly name: string }
  readonly bot: User
  readonly botRoleId: string
  readonly privilegedIntents: Set<PrivilegedIntent>
  readonly categoryRefusesFrom: number
  readonly users: Map<string, User>
  readonly members: Map<string, Member>
  readonly roles: Map<string, Role>
  readonly channels: Map<string, Channel>
  readonly threads = new Map<string, Channel>()
  readonly ephemerals: Message[] = []
  readonly modals: OpenModal[] = []
  readonly requests: RequestRecord[] = []
  readonly notifications: Notification[] = []
  commands: readonly RegisteredCommand[] = []
  connections = 0
  invalidRequests = 0
  shutOut = 0
  isInstalled: boolean
  requiresTwoFactor: boolean
  ownerHasTwoFactor: boolean
  /** False while the guild has an outage. */
  isAvailable = true
  /** Whether calls about the guild fail too, during its outage. */
  refusesCalls = false
  readonly #byNonce = new Map<string, Message>()
  readonly #ledger: Json[] = []
  readonly #listeners = new Set<(event: GatewayEvent) => void>()

  constructor(options: DiscordEmulatorOptions, rules: { readonly clock: EmulatorClock; readonly base: () => string }) {
    this.clock = rules.clock
    this.ids = new Snowflakes(rules.clock.wall)
    this.cdn = new Cdn(() => `${rules.base()}/cdn`, rules.clock.wall)
    this.id = options.guild?.id ?? this.ids.next()
    this.name = options.guild?.name ?? 'Team'
    this.ownerId = options.guild?.ownerId ?? this.ids.next()
    this.application = { id: options.application?.id ?? this.ids.next(), name: options.application?.name ?? 'embargo' }
    this.bot = {
      id: options.application?.botUserId ?? this.application.id,
      username: this.application.name,
      globalName: undefined,
      isBot: true,
    }
    this.botRoleId = this.ids.next()
    this.privilegedIntents = new Set(options.privilegedIntents ?? ['GuildMembers', 'MessageContent'])
    this.categoryRefusesFrom = options.categoryRefusesFrom ?? CATEGORY_REFUSES_FROM
    this.isInstalled = options.bot?.isInstalled ?? true
    this.requiresTwoFactor = options.guild?.requiresTwoFactor ?? false
    this.ownerHasTwoFactor = options.application?.ownerHasTwoFactor ?? true
    this.roles = seedRoles(options, this)
    this.members = seedMembers(options, this)
    this.users = new Map([...this.members.values()].map((member) => [member.user.id, member.user]))
    this.users.set(this.bot.id, this.bot)
    this.channels = seedChannels(options, this)
  }

  /** Calls the listener for every event from now on. */
  listen(listener: (event: GatewayEvent) => void): void {
    this.#listeners.add(listener)
  }

  /**
   * Notifies the sessions and everyone who waits for a change. During an outage of the guild, sessions are told only of
   * the outage.
   */
  publish(name: string, group: EventGroup, data: GatewayEvent['data'] | JsonObject): void {
    const event: GatewayEvent = { name, group, data: typeof data === 'function' ? data : () => data }
    const isTold = this.isInstalled && (this.isAvailable || name === 'GUILD_DELETE')
    if (isTold) for (const listener of this.#listeners) listener(event)
    this.changes.announce()
  }

  /** Stores texts for `everything`, which returns all text that the platform ever got. */
  remember(words: unknown): void {
    this.#ledger.push(asJson(words))
  }

  everything(): string {
    return this.#ledger.map((entry) => strings(entry).join('\n')).join('\n')
  }

  /** Records a request; the caller sets the outcome when it is known. */
  record(request: Omit<RequestRecord, 'outcome'>): RequestRecord {
    const record: RequestRecord = { ...request, outcome: 'running' }
    this.requests.push(record)
    this.remember([request.args, request.reason ?? null])
    return record
  }

  /** The channel, category or thread with this id. */
  placeOf(id: string): Channel | undefined {
    return this.channels.get(id) ?? this.threads.get(id)
  }

  channelNamed(name: string): Channel | undefined {
    return this.#named('text', name)
  }

  categoryNamed(name: string): Channel | undefined {
    return this.#named('category', name)
  }

  messagesIn(channel: string): readonly Message[] {
    return this.placeOf(channel)?.messages.filter((message) => !message.deleted && SAID.has(message.type)) ?? []
  }

  viewersOf(channel: string): readonly string[] {
    const place = this.placeOf(channel)
    if (!place) return []
    return [...this.members.values()]
      .map((member) => member.user.id)
      .filter((id) => this.permissionsOf(id, place) !== 0n)
  }

  userOf(id: string): User | undefined {
    return this.users.get(id)
  }

  memberOf(id: string): Member | undefined {
    return this.members.get(id)
  }

  /** The bot as a member, while it is in the guild. */
  get botMember(): Member | undefined {
    return this.isInstalled ? this.members.get(this.bot.id) : undefined
  }

  /** The permissions of a member in a channel or in the guild. Anyone who is not a member has none. */
  permissionsOf(id: string, channel?: Channel): bigint {
    const member = this.members.get(id)
    if (!member) return 0n
    if (!channel) return guildPermissions(this, member)
    const parent = channel.thread && this.channels.get(channel.parentId ?? '')
    return parent ? threadPermissions(this, member, { ...channel, parent }) : channelPermissions(this, member, channel)
  }

  /** The position of the bot's highest role. */
  get botHeight(): number {
    return this.botMember ? highestPosition(this, this.botMember) : 0
  }

  messageById(id: string | undefined): Message | undefined {
    if (id === undefined) return undefined
    for (const channel of [...this.channels.values(), ...this.threads.values()]) {
      const found = channel.messages.find((message) => message.id === id && !message.deleted)
      if (found) return found
    }
    return this.ephemerals.find((message) => message.id === id && !message.deleted)
  }

  /** The app's last message with this nonce, even if it was deleted. */
  lastWithNonce(nonce: string): Message | undefined {
    return this.#byNonce.get(nonce)
  }

  /** Stores a message in its channel. */
  keep(channel: Channel, message: Message): void {
    channel.messages.push(message)
    if (message.fromApp && message.nonce !== undefined) this.#byNonce.set(message.nonce, message)
  }

  /** The name of a person, a role or a channel, for rendering. */
  nameOf(id: string): string | undefined {
    return (
      this.members.get(id)?.nick ?? this.users.get(id)?.username ?? this.roles.get(id)?.name ?? this.placeOf(id)?.name
    )
  }

  #named(kind: Channel['kind'], name: string): Channel | undefined {
    return [...this.channels.values()].find((channel) => channel.kind === kind && channel.name === name)
  }
}

// Collects every string in a value. Keys are included, because a secret could leak in a key too.
const strings = (value: Json): string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((each: Json) => strings(each))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [key, ...strings(each ?? null)])
}
