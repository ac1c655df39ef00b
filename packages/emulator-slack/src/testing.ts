import type { SlackEmulator } from './emulator.ts'
import { startSlackEmulator } from './emulator.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { isObject, parseJson } from '@embargo/emulator-kit'
import type { SlackEmulatorOptions } from './options.ts'

/** Tokens and people of the emulator's own tests. */
export const APP_TOKEN = 'xapp-test'
export const BOT_TOKEN = 'xoxb-test'
export const ANA = 'U0ANA'
export const BEN = 'U0BEN'

/** All scopes that the supported methods need. */
export const ALL_SCOPES: readonly string[] = [
  'chat:write',
  'channels:manage',
  'channels:read',
  'channels:history',
  'groups:write',
  'groups:read',
  'groups:history',
  'im:write',
  'im:read',
  'im:history',
  'mpim:read',
  'mpim:history',
  'pins:read',
  'pins:write',
  'users:read',
  'users:read.email',
  'usergroups:read',
  'files:write',
  'app_mentions:read',
]

/** A workspace with Ana and Ben. */
export const startTestSlack = (more: Partial<SlackEmulatorOptions> = {}): Promise<SlackEmulator> =>
  startSlackEmulator({
    users: [
      { id: ANA, name: 'ana', realName: 'Ana Example', email: 'ana@example.org' },
      { id: BEN, name: 'ben', realName: 'Ben Example', email: 'ben@example.org' },
      { id: 'U0GONE', name: 'gone', isDeleted: true },
    ],
    userGroups: [{ id: 'S0SEC', handle: 'security', users: [ANA, BEN] }],
    appToken: APP_TOKEN,
    botToken: BOT_TOKEN,
    scopes: ALL_SCOPES,
    ...more,
  })

export type ApiAnswer = JsonObject & { readonly ok?: boolean; readonly error?: string }

/** Calls a method over HTTP as an app does, with a JSON body. */
export const call = async (
  slack: Pick<SlackEmulator, 'apiUrl'>,
  method: string,
  args: JsonObject = {},
  token: string | undefined = BOT_TOKEN,
): Promise<ApiAnswer> => {
  const form = new URLSearchParams()
  for (const [key, value] of Object.entries(args)) {
    if (value !== undefined) form.set(key, typeof value === 'string' ? value : JSON.stringify(value))
  }
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: form,
  })
  const answer = parseJson(await response.text())
  return isObject(answer) ? answer : {}
}

/** The string at a path of an answer; empty if absent. */
export const at = (answer: JsonObject, ...path: readonly string[]): string => {
  let value: unknown = answer
  for (const key of path) value = isObject(value) ? value[key] : undefined
  return typeof value === 'string' ? value : ''
}

/** Opens a private channel with the app and Ana in it; returns its id. */
export const openChannel = async (slack: SlackEmulator, name = 'sec-2026-0001'): Promise<string> => {
  const id = at(await call(slack, 'conversations.create', { name, is_private: true }), 'channel', 'id')
  await call(slack, 'conversations.invite', { channel: id, users: ANA })
  return id
}
