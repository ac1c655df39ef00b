import type { RepositoryRef } from '@embargo/engine'
import type { Octokit } from '@octokit/core'
import { z } from 'zod'
import type { Failure, Kind } from './errors.ts'
import { failureOf, moved, outsideError, unreadable } from './errors.ts'
import { ANSWER_BYTES_MAX, API_VERSION, CALL_MS, PAGE_SIZE, PAGES_MAX } from './limits.ts'

/** How we log in: as an app that is installed at the repository, or with a personal access token. */
export type GitHubLogin =
  | { readonly is: 'token'; readonly token: string }
  | { readonly is: 'app'; readonly appId: string; readonly privateKey: string }

export type GitHubAccess = {
  /** Without a slash at its end. */
  readonly apiUrl: string
  readonly login: GitHubLogin
  readonly timeoutMs?: number
}

export type Request = {
  readonly kind: Kind
  readonly repository: RepositoryRef
  /** As GitHub documents it: `GET /repos/{owner}/{repo}`. */
  readonly route: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

type Answer = Awaited<ReturnType<Octokit['request']>>

/** Calls GitHub. Every failure is an `OutsideError`. */
export type Client = {
  /** Makes a call and returns its answer, read with `schema`. */
  call<T extends z.ZodType>(schema: T, request: Request): Promise<z.infer<T>>
  /**
   * As `call`, but undefined if GitHub refuses the call and `absent` returns true for the refusal. By default, `absent`
   * returns true for a 404.
   */
  find<T extends z.ZodType>(
    schema: T,
    request: Request,
    absent?: (failure: Failure) => boolean,
  ): Promise<z.infer<T> | undefined>
  /** The items of every page of a list. */
  all<T extends z.ZodType>(schema: T, request: Request): Promise<readonly z.infer<T>[]>
  /** The answer, with its headers, to a call that is made as the app itself and not as one of its installations. */
  asApp(request: Request): Promise<Answer>
  headersOf(request: Request): Promise<Answer['headers']>
}

const Installation = z.object({ id: z.number().int() })

export function createClient(access: GitHubAccess): Client {
  const { login } = access
  const installed = new Map<string, Promise<Octokit>>()

  /** An app has a separate token for each account that installed it. */
  async function octokitFor(repository: RepositoryRef): Promise<Octokit> {
    if (login.is === 'token') return octokitWith(access, undefined)
    const key = keyOf(repository)
    const made = installed.get(key) ?? installationOf(repository).then((id) => octokitWith(access, id))
    installed.set(key, made)
    // A failure must not be cached, because the app may be installed later.
    made.catch(() => installed.delete(key))
    return made
  }

  async function installationOf(repository: RepositoryRef): Promise<number> {
    const route = 'GET /repos/{owner}/{repo}/installation'
    const { data } = await send(await octokitWith(access, undefined), { kind: 'read', repository, route })
    return understand(Installation, data, 'read').id
  }

  const answered = (request: Request): Promise<Answer> => guarded(request.kind, () => sendTo(request))

  async function sendTo(request: Request): Promise<Answer> {
    const isFirst = !installed.has(keyOf(request.repository))
    try {
      return await send(await octokitFor(request.repository), request)
    } catch (error) {
      // A token may become invalid before its hour is over. GitHub then refuses the call without doing anything, so the
      // call is made once more with a new token.
      if (login.is === 'token' || isFirst || failureOf(error)?.status !== 401) throw error
      installed.delete(keyOf(request.repository))
      return send(await octokitFor(request.repository), request)
    }
  }

  return {
    call: async (schema, request) => understand(schema, (await answered(request)).data, request.kind),
    async find(schema, request, absent = ({ status }) => status === 404) {
      const answer = await guarded(request.kind, () =>
        sendTo(request).catch((error: unknown) => {
          const failure = failureOf(error)
          if (failure !== undefined && absent(failure)) return undefined
          throw error
        }),
      )
      return answer === undefined ? undefined : understand(schema, answer.data, request.kind)
    },
    async all(schema, request) {
      const found: z.infer<typeof schema>[] = []
      let more: Readonly<Record<string, string>> = {}
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const parameters = { per_page: PAGE_SIZE, ...request.parameters, ...more }
        const { data, headers } = await answered({ ...request, parameters })
        found.push(...understand(z.array(schema), data, request.kind))
        const next = nextPage(headers['link'])
        if (next === undefined) break
        more = next
      }
      return found
    },
    asApp: (request) => guarded(request.kind, async () => send(await octokitWith(access, undefined), request)),
    headersOf: async (request) => (await answered(request)).headers,
  }
}

const keyOf = ({ owner, name }: RepositoryRef): string => `${owner}/${name}`.toLowerCase()

async function guarded<T>(kind: Kind, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw outsideError(kind, error)
  }
}

async function send(octokit: Octokit, { repository, route, parameters }: Request): Promise<Answer> {
  const answer = await octokit.request(route, { owner: repository.owner, repo: repository.name, ...parameters })
  if (answer.status >= 300) throw moved()
  return answer
}

/** Octokit is loaded when it is first needed: most deployments have no repository at GitHub. */
async function octokitWith(
  { apiUrl, login, timeoutMs = CALL_MS }: GitHubAccess,
  installationId: number | undefined,
): Promise<Octokit> {
  const { Octokit } = await import('@octokit/core')
  const octokit = new Octokit({
    baseUrl: apiUrl,
    userAgent: 'embargo',
    log: SILENT,
    request: { log: SILENT, fetch: (url, options) => limitedFetch(url, { ...options, timeoutMs }) },
    ...(await authOf(login, installationId)),
  })
  octokit.hook.before('request', ({ headers }) => {
    headers['x-github-api-version'] = API_VERSION
  })
  return octokit
}

async function authOf(login: GitHubLogin, installationId: number | undefined): Promise<object> {
  if (login.is === 'token') return { auth: login.token }
  const { createAppAuth } = await import('@octokit/auth-app')
  const { appId, privateKey } = login
  const auth = { appId, privateKey, log: SILENT, ...(installationId !== undefined && { installationId }) }
  return { authStrategy: createAppAuth, auth }
}

/** Octokit would write warnings, with addresses, to the console. */
const nothing = (): void => undefined
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

/** Makes one call. Its answer must come in time, must be small, and must come from the server that was called. */
async function limitedFetch(
  url: Parameters<typeof fetch>[0],
  { timeoutMs, ...options }: RequestInit & { readonly timeoutMs: number },
): Promise<Response> {
  const response = await fetch(url, { ...options, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > ANSWER_BYTES_MAX) throw unreadable(options.method === 'GET' ? 'read' : 'write')
    chunks.push(chunk)
  }
  const hasBody = ![101, 204, 205, 304].includes(response.status)
  return new Response(hasBody ? Buffer.concat(chunks) : null, {
    status: response.status,
    headers: response.headers,
  })
}

/** @throws OutsideError if the answer has another form */
function understand<T extends z.ZodType>(schema: T, data: unknown, kind: Kind): z.infer<T> {
  const read = schema.safeParse(data)
  if (!read.success) throw unreadable(kind)
  return read.data
}

/** The parameters of the next page. The address itself is not used, so no server can lead our token elsewhere. */
function nextPage(link: string | undefined): Readonly<Record<string, string>> | undefined {
  const next = /<([^<>]+)>; rel="next"/u.exec(link ?? '')?.[1]
  if (next === undefined || !URL.canParse(next)) return undefined
  const { searchParams } = new URL(next)
  const pairs = ['after', 'page'].flatMap((name) => {
    const value = searchParams.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs)
}
