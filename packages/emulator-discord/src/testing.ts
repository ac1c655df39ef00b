import type { Json, JsonObject } from '@embargo/emulator-kit'
import { isObject, parseJson } from '@embargo/emulator-kit'
import type { DiscordEmulator } from './emulator.ts'
import { startDiscordEmulator } from './emulator.ts'
import type { DiscordEmulatorOptions } from './options.ts'

/** Tokens, people and roles of the emulator's own tests. */
export const BOT_TOKEN = 'discord-test'
export const OWNER = '100'
export const ANA = '101'
export const BEN = '102'
export const GUILD = '1000'
export const APP = '2000'
export const SECURITY = '3000'

/** A server with Ana, who has the role security, and Ben, who has no role. */
export const startTestDiscord = (more: Partial<DiscordEmulatorOptions> = {}): Promise<DiscordEmulator> =>
  startDiscordEmulator({
    botToken: BOT_TOKEN,
    guild: { id: GUILD, ownerId: OWNER },
    application: { id: APP, name: 'embargo' },
    members: [
      { id: OWNER, username: 'olga' },
      { id: ANA, username: 'ana', roles: [SECURITY] },
      { id: BEN, username: 'ben' },
    ],
    roles: [{ id: SECURITY, name: 'security' }],
    ...more,
  })

/** An answer of the API: status, headers, body. */
export type ApiAnswer = { readonly status: number; readonly headers: Headers; readonly body: Json }

type Request = {
  readonly token?: string | undefined
  readonly files?: readonly { readonly name: string; readonly bytes: Buffer }[]
}

const encoded = (body: Json | undefined, files: Request['files']): { body?: string | FormData; type?: string } => {
  if (!files) return body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' }
  const form = new FormData()
  form.set('payload_json', JSON.stringify(body ?? {}))
  for (const [index, file] of files.entries()) {
    form.set(`files[${index}]`, new Blob([new Uint8Array(file.bytes)]), file.name)
  }
  return { body: form }
}

/** Calls a route, such as `POST /channels/1/messages`, over HTTP as an app does. */
export const api = async (
  discord: Pick<DiscordEmulator, 'apiUrl'>,
  route: string,
  body?: Json,
  request: Request = {},
): Promise<ApiAnswer> => {
  const [method = 'GET', path = ''] = route.split(' ')
  const { body: payload, type } = encoded(body, request.files)
  const token = 'token' in request ? request.token : BOT_TOKEN
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    ...(payload === undefined ? {} : { body: payload }),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bot ${token}` }),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: parseJson(text) ?? text }
}

/** The value at a path of an answer. */
export const at = (answer: Json | ApiAnswer, ...path: readonly (string | number)[]): unknown => {
  let value: unknown = isObject(answer) && 'headers' in answer ? answer['body'] : answer
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)]
    else value = isObject(value) ? value[key] : undefined
  }
  return value
}

/** The status and the error code of a refusal. */
export const refusal = (answer: ApiAnswer): readonly [number, unknown] => [answer.status, at(answer, 'code')]

/** The error codes at a path in the `errors` of an answer. */
export const codesAt = (answer: ApiAnswer, ...path: readonly (string | number)[]): readonly unknown[] => {
  const found = at(answer, 'errors', ...path.map(String), '_errors')
  return Array.isArray(found) ? found.map((each: Json) => at(each, 'code')) : []
}

/** Opens a private channel that only the bot and Ana can see; returns its id. */
export const openChannel = async (discord: DiscordEmulator, more: JsonObject = {}): Promise<string> => {
  const VIEW_AND_SPEAK = String((1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 15n) | (1n << 16n) | (1n << 51n))
  const answer = await api(discord, `POST /guilds/${GUILD}/channels`, {
    name: 'sec-2026-0001',
    type: 0,
    permission_overwrites: [
      { id: GUILD, type: 0, deny: '1024' },
      { id: APP, type: 1, allow: VIEW_AND_SPEAK },
      { id: ANA, type: 1, allow: '1024' },
    ],
    ...more,
  })
  return String(at(answer, 'id'))
}
