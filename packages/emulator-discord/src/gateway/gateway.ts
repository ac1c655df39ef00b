import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { JsonObject } from '@embargo/emulator-kit'
import { isObject, parseJson, textAt } from '@embargo/emulator-kit'
import type { GatewayEvent, Guild } from '../guild.ts'
import { GATEWAY_PAYLOAD_MAX, GATEWAY_SENDS_MAX, GATEWAY_SENDS_WINDOW_MS } from '../limits.ts'
import { applicationFlags } from '../application-flags.ts'
import { presentUser } from '../rest/present.ts'
import { presentGuildCreate } from '../rest/present-guild.ts'
import { INTENTS, areKnown, disallowed, receives } from './intents.ts'
import { memberChunk } from './members.ts'
import { Session } from './session.ts'

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes */
const OP = {
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  members: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const

/** …/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const CLOSE = {
  unknownOpcode: [4001, 'Unknown opcode.'],
  decode: [4002, 'Error while decoding payload.'],
  notAuthenticated: [4003, 'Not authenticated.'],
  authentication: [4004, 'Authentication failed.'],
  alreadyAuthenticated: [4005, 'Already authenticated.'],
  rateLimited: [4008, 'Rate limited.'],
  timedOut: [4009, 'Session timed out.'],
  shard: [4010, 'Invalid shard.'],
  version: [4012, 'Invalid API version.'],
  intents: [4013, 'Invalid intent(s).'],
  disallowedIntents: [4014, 'Disallowed intent(s).'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>

type Connection = {
  readonly socket: WebSocket
  session: Session | undefined
  sends: number[]
  heartbeat: NodeJS.Timeout | undefined
}

/** How much time may pass between two heartbeats, as a multiple of the heartbeat interval. */
const HEARTBEAT_GRACE = 1.5

/** The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, and the events that the intents allow. */
export class Gateway {
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #connections = new Set<Connection>()
  readonly #sessions = new Map<string, Session>()
  readonly #guild: Guild
  readonly #rules: { readonly base: () => string; readonly token: string; readonly heartbeatMs: number }
  /** Whether the gateway refuses connections. */
  isDown = false
  #twice = 0

  constructor(
    guild: Guild,
    rules: { readonly base: () => string; readonly token: string; readonly heartbeatMs: number },
  ) {
    this.#guild = guild
    this.#rules = rules
    guild.listen((event) => this.#spread(event))
  }

  /** `ws://127.0.0.1:<port>/gateway` */
  get url(): string {
    return `${this.#rules.base().replace(/^http/, 'ws')}/gateway`
  }

  /** Accepts an HTTP upgrade, or ends the connection. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (this.isDown || !url.pathname.startsWith('/gateway')) return void socket.destroy()
    this.#server.handleUpgrade(request, socket, head, (open) => this.#greet(open, url.searchParams))
  }

  /** Sends an interaction to every session. Returns false if there is no session, or during an outage of the guild. */
  deliver(name: string, data: JsonObject): boolean {
    if (!this.#guild.isAvailable) return false
    for (const session of this.#sessions.values()) session.dispatch(name, data)
    return this.#sessions.size > 0
  }

  /** Sends the next event twice. */
  deliverTwice(): void {
    this.#twice += 1
  }

  /** Breaks every socket without a close frame. The sessions can be resumed. */
  drop(): void {
    for (const { socket } of this.#connections) socket.terminate()
  }

  /** Asks every session to reconnect and resume, as Discord often does. */
  reconnect(): void {
    for (const { socket } of this.#connections) socket.send(JSON.stringify({ op: OP.reconnect, d: null }))
  }

  /** Forgets every session: apps must identify again. */
  invalidate(): void {
    this.#sessions.clear()
    for (const connection of this.#connections) {
      connection.session = undefined
      connection.socket.send(JSON.stringify({ op: OP.invalidSession, d: false }))
    }
    this.#count()
  }

  async close(): Promise<void> {
    const closed = [...this.#connections].map(({ socket }) => {
      const done = new Promise<void>((resolve) => void socket.once('close', () => resolve()))
      socket.terminate()
      return done
    })
    await Promise.all(closed)
    this.#server.close()
  }

  #greet(socket: WebSocket, query: URLSearchParams): void {
    const connection: Connection = { socket, session: undefined, sends: [], heartbeat: undefined }
    this.#connections.add(connection)
    socket.on('message', (data, isBinary) => this.#hear(connection, isBinary ? '' : String(data)))
    socket.on('close', (code) => this.#leave(connection, code))
    socket.on('error', () => socket.terminate())
    if (query.get('v') !== '10') return end(socket, CLOSE.version)
    if (query.get('encoding') !== 'json' || query.has('compress')) return end(socket, CLOSE.decode)
    this.#awaitHeartbeat(connection)
    socket.send(JSON.stringify({ op: OP.hello, d: { heartbeat_interval: this.#rules.heartbeatMs, _trace: [] } }))
  }

  #leave(connection: Connection, code: number): void {
    clearTimeout(connection.heartbeat)
    this.#connections.delete(connection)
    const { session } = connection
    if (session?.socket === connection.socket) session.socket = undefined
    // The close codes 1000 and 1001 end the session: https://docs.discord.com/developers/events/gateway#disconnecting
    if (session && (code === 1000 || code === 1001)) this.#sessions.delete(session.id)
    this.#count()
  }

  #hear(connection: Connection, text: string): void {
    const { socket } = connection
    const now = this.#guild.clock.monotonic()
    connection.sends = [...connection.sends.filter((at) => at > now - GATEWAY_SENDS_WINDOW_MS), now]
    if (connection.sends.length > GATEWAY_SENDS_MAX) return end(socket, CLOSE.rateLimited)
    const message = text.length > GATEWAY_PAYLOAD_MAX ? undefined : parseJson(text)
    if (!isObject(message)) return end(socket, CLOSE.decode)
    const data = isObject(message['d']) ? message['d'] : {}
    switch (message['op']) {
      case OP.heartbeat:
        this.#awaitHeartbeat(connection)
        return socket.send(JSON.stringify({ op: OP.heartbeatAck }))
      case OP.identify:
        return this.#identify(connection, data)
      case OP.resume:
        return this.#resume(connection, data)
      case OP.members:
        return this.#members(connection, data)
      case OP.presence:
      case OP.voice:
        return connection.session ? undefined : end(socket, CLOSE.notAuthenticated)
      default:
        return end(socket, CLOSE.unknownOpcode)
    }
  }

  #identify(connection: Connection, data: JsonObject): void {
    const { socket } = connection
    if (connection.session) return end(socket, CLOSE.alreadyAuthenticated)
    const intents = data['intents']
    if (!isToken(textAt(data, 'token'), this.#rules.token)) return end(socket, CLOSE.authentication)
    if (typeof intents !== 'number' || !areKnown(intents)) return end(socket, CLOSE.intents)
    const shard = data['shard'] ?? [0, 1]
    if (!Array.isArray(shard) || shard.length !== 2 || Number(shard[0]) >= Number(shard[1]))
      return end(socket, CLOSE.shard)
    if (disallowed(intents, this.#guild.privilegedIntents).length > 0) return end(socket, CLOSE.disallowedIntents)
    const session = new Session(this.#guild.ids.next(), intents, socket)
    connection.session = session
    this.#sessions.set(session.id, session)
    this.#ready(session)
    this.#count()
  }

  #ready(session: Session): void {
    const guild = this.#guild
    session.dispatch('READY', {
      v: 10,
      user: { ...presentUser(guild.bot), verified: true, mfa_enabled: guild.ownerHasTwoFactor, email: null },
      user_settings: {},
      session_id: session.id,
      resume_gateway_url: this.url,
      session_type: 'normal',
      private_channels: [],
      presences: [],
      relationships: [],
      guild_join_requests: [],
      guilds: guild.isInstalled ? [{ id: guild.id, unavailable: true }] : [],
      application: { id: guild.application.id, flags: applicationFlags(guild) },
      shard: [0, 1],
      _trace: [],
    })
    const bot = guild.botMember
    if (bot === undefined || !receives(session.intents, 'Guilds')) return
    // https://docs.discord.com/developers/events/gateway-events#guild-delete: "becomes or was already unavailable"
    if (guild.isAvailable) session.dispatch('GUILD_CREATE', presentGuildCreate(guild, [bot]))
    else session.dispatch('GUILD_DELETE', { id: guild.id, unavailable: true })
  }

  #resume(connection: Connection, data: JsonObject): void {
    const { socket } = connection
    if (connection.session) return end(socket, CLOSE.alreadyAuthenticated)
    if (!isToken(textAt(data, 'token'), this.#rules.token)) return end(socket, CLOSE.authentication)
    const session = this.#sessions.get(textAt(data, 'session_id') ?? '')
    if (!session?.resume(socket, Number(data['seq']))) {
      return socket.send(JSON.stringify({ op: OP.invalidSession, d: false }))
    }
    connection.session = session
    this.#count()
  }

  #members(connection: Connection, data: JsonObject): void {
    const { session, socket } = connection
    if (!session) return end(socket, CLOSE.notAuthenticated)
    const chunk = memberChunk(this.#guild, data)
    const asksAll = textAt(data, 'query') === '' && Number(data['limit'] ?? 0) === 0
    if (asksAll && !receives(session.intents, 'GuildMembers')) return end(socket, CLOSE.disallowedIntents)
    session.dispatch('GUILD_MEMBERS_CHUNK', chunk)
  }

  #spread(event: GatewayEvent): void {
    const times = this.#twice > 0 ? 2 : 1
    if (this.#twice > 0) this.#twice -= 1
    for (const session of this.#sessions.values()) {
      if (!receives(session.intents, event.group)) continue
      const readable = (session.intents & INTENTS.MessageContent) !== 0
      for (let time = 0; time < times; time += 1) session.dispatch(event.name, event.data({ readable }))
    }
  }

  #awaitHeartbeat(connection: Connection): void {
    clearTimeout(connection.heartbeat)
    const late = this.#rules.heartbeatMs * HEARTBEAT_GRACE
    connection.heartbeat = setTimeout(() => end(connection.socket, CLOSE.timedOut), late)
  }

  #count(): void {
    this.#guild.connections = [...this.#sessions.values()].filter((session) => session.isOpen).length
    this.#guild.changes.announce()
  }
}

const end = (socket: WebSocket, [code, reason]: readonly [number, string]): void => socket.close(code, reason)

const isToken = (given: string | undefined, token: string): boolean => given?.replace(/^Bot /, '') === token
