import { WebSocket } from 'ws'
import { Changes, isObject, parseJson } from '@embargo/emulator-kit'
import type { Json, JsonObject } from '@embargo/emulator-kit'
import type { DiscordEmulator } from '../emulator.ts'
import { INTENTS } from '../gateway/intents.ts'
import type { ApiAnswer } from '../testing.ts'
import { APP, BOT_TOKEN, api, at } from '../testing.ts'

/** The intents for events about guilds, members and messages, and for the content of messages. */
export const ALL_INTENTS: number =
  INTENTS.Guilds | INTENTS.GuildMembers | INTENTS.GuildMessages | INTENTS.MessageContent

const WAIT_MS = 5000

/** A gateway connection for the emulator's own tests. It answers each interaction with the result of `answer`. */
export class ScriptedApp {
  /** The events that arrived, oldest first. */
  readonly events: { readonly name: string; readonly data: JsonObject }[] = []
  /** Everything else that arrived: HELLO, acknowledgements, RECONNECT, INVALID_SESSION. */
  readonly others: JsonObject[] = []
  sequence = 0
  closedWith: number | undefined
  answer: (interaction: JsonObject) => Json | undefined = () => undefined
  readonly #changes = new Changes()
  readonly #socket: WebSocket
  readonly #discord: DiscordEmulator

  constructor(discord: DiscordEmulator, url: string) {
    this.#discord = discord
    this.#socket = new WebSocket(url)
    this.#socket.on('message', (data) => void this.#hear(parseJson(String(data))))
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', (code) => {
      this.closedWith = code
      this.#changes.announce()
    })
  }

  /** Opens a socket and waits for HELLO. */
  static async open(discord: DiscordEmulator, query = 'v=10&encoding=json'): Promise<ScriptedApp> {
    const url = String(at(await api(discord, 'GET /gateway/bot'), 'url'))
    const app = new ScriptedApp(discord, `${url}?${query}`)
    await app.until(() => app.others.some((each) => each['op'] === 10) || app.closedWith)
    return app
  }

  /** Opens a socket, identifies, and waits for the guild. */
  static async connect(discord: DiscordEmulator, intents: number = ALL_INTENTS): Promise<ScriptedApp> {
    const app = await ScriptedApp.open(discord)
    app.identify({ intents })
    await app.until(() => app.of('GUILD_CREATE').length > 0 || app.closedWith)
    return app
  }

  identify(more: JsonObject = {}): void {
    const properties = { os: 'linux', browser: 'test', device: 'test' }
    this.send({ op: 2, d: { token: BOT_TOKEN, intents: ALL_INTENTS, properties, ...more } })
  }

  send(message: JsonObject): void {
    this.#socket.send(JSON.stringify(message))
  }

  /** Closes the socket. With any code except 1000 and 1001, the session remains. */
  close(code = 4000): void {
    this.#socket.close(code)
  }

  /** The events of one name. */
  of(name: string): readonly JsonObject[] {
    return this.events.filter((each) => each.name === name).map((each) => each.data)
  }

  until<T>(look: () => T | undefined | null | false): Promise<T> {
    return this.#changes.until(look, WAIT_MS, look.toString())
  }

  /** Resolves with the n-th event of one name when it arrives. */
  heard(name: string, nth = 0): Promise<JsonObject> {
    return this.until(() => this.of(name)[nth])
  }

  respond(interaction: JsonObject, callback: Json): Promise<ApiAnswer> {
    const route = `POST /interactions/${String(interaction['id'])}/${String(interaction['token'])}/callback`
    return api(this.#discord, route, callback, { token: undefined })
  }

  /** Sends a follow-up to an interaction: `POST`, or `PATCH /messages/@original`. */
  webhook(interaction: JsonObject, route: string, body?: Json): Promise<ApiAnswer> {
    const [verb, path = ''] = route.split(' ')
    const base = `${verb} /webhooks/${APP}/${String(interaction['token'])}${path}`
    return api(this.#discord, base, body, { token: undefined })
  }

  async #hear(message: Json | undefined): Promise<void> {
    if (!isObject(message)) return
    const data = message['d']
    if (message['op'] === 0 && isObject(data)) {
      this.sequence = Number(message['s'])
      this.events.push({ name: String(message['t']), data })
      this.#changes.announce()
      const callback = message['t'] === 'INTERACTION_CREATE' ? this.answer(data) : undefined
      // The connection may break because of a fault.
      if (callback !== undefined) await this.respond(data, callback).catch(() => undefined)
    } else {
      this.others.push(message)
    }
    this.#changes.announce()
  }
}
