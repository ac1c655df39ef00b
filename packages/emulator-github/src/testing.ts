import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Json, JsonObject } from '@embargo/emulator-kit'
import { isObject, parseJson } from '@embargo/emulator-kit'
import type { GitHubEmulator } from './emulator.ts'
import { startGitHubEmulator } from './emulator.ts'
import type { GitHubEmulatorOptions } from './options.ts'

/** The repository, the tokens and the app of the emulator's own tests. */
export const REPOSITORY = 'quillmark/quillmark'
export const ADVISORIES = `/repos/${REPOSITORY}/security-advisories`
export const TOKEN = 'github_pat_ana'
export const CLASSIC = 'ghp_ben'
export const APP_ID = 77

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
})

/** A repository that Ana administers, and an app with the least permissions. */
export const startTestGitHub = (more: Partial<GitHubEmulatorOptions> = {}): Promise<GitHubEmulator> =>
  startGitHubEmulator({
    repositories: [{ name: REPOSITORY, admins: ['ana'] }],
    app: {
      id: APP_ID,
      slug: 'quillmark-embargo',
      publicKey,
      permissions: { repository_advisories: 'write', contents: 'read' },
      events: ['repository_advisory'],
      installedOn: [REPOSITORY],
    },
    tokens: [
      { token: TOKEN, login: 'ana', permissions: { repository_advisories: 'write', contents: 'read' } },
      { token: CLASSIC, login: 'ben', scopes: ['repo'] },
      { token: 'github_pat_robin', login: 'robin', permissions: {} },
    ],
    ...more,
  })

/** A JSON web token of the app. */
export function jwt(claims: JsonObject = {}): string {
  const now = Math.floor(Date.now() / 1000)
  const encode = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iat: now - 30, exp: now + 540, iss: APP_ID, ...claims })}`
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), createPrivateKey(privateKey)).toString('base64url')}`
}

export type ApiAnswer = { readonly status: number; readonly body: Json; readonly headers: Headers }

type CallOptions = {
  readonly body?: JsonObject
  /** `null` for a call without a token. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls a route over HTTP, as in `call(github, 'GET /app', { token: jwt() })`. */
export async function call(
  github: Pick<GitHubEmulator, 'apiUrl'>,
  route: string,
  { body, token = TOKEN, headers = {} }: CallOptions = {},
): Promise<ApiAnswer> {
  const [verb = 'GET', path = '/'] = route.split(' ')
  const response = await fetch(`${github.apiUrl}${path}`, {
    method: verb,
    headers: {
      'x-github-api-version': '2022-11-28',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: parseJson(await response.text()) ?? null, headers: response.headers }
}

/** The value at a path in the body of an answer. `length` gives the length of a list. */
export function at({ body }: ApiAnswer, ...path: readonly (string | number)[]): unknown {
  let value: unknown = body
  for (const key of path) {
    if (Array.isArray(value)) value = key === 'length' ? value.length : value[Number(key)]
    else value = isObject(value) ? value[String(key)] : undefined
  }
  return value
}

/** A token of the installation. */
export const installationToken = async (github: GitHubEmulator, body: JsonObject = {}): Promise<string> =>
  String(at(await call(github, 'POST /app/installations/1/access_tokens', { token: jwt(), body }), 'token'))

/** A complete body of an advisory. */
export const DRAFT = {
  summary: 'Quillmark reads files outside the template folder',
  description: '### Impact\nA crafted include reads files.',
  vulnerabilities: [
    {
      package: { ecosystem: 'pip', name: 'quillmark' },
      vulnerable_version_range: '>= 2.0, < 2.4.1',
      patched_versions: '2.4.1',
    },
  ],
  cwe_ids: ['CWE-22'],
  severity: 'high',
} as const satisfies JsonObject

/** Opens a draft advisory and returns its id. */
export const openDraft = async (github: GitHubEmulator, more: JsonObject = {}): Promise<string> =>
  String(at(await call(github, `POST ${ADVISORIES}`, { body: { ...DRAFT, ...more } }), 'ghsa_id'))
