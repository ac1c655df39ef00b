import type { ReceivedRequest, Reply } from '@embargo/emulator-kit'
import { asJsonObject, parseJson } from '@embargo/emulator-kit'
import type { Access } from './auth.ts'
import { loginOf } from './auth.ts'
import { badCredentials, badRequest, forbidden, limited, notFound, planned, unauthorized } from './errors.ts'
import type { Faults } from './faults.ts'
import { API_VERSIONS } from './limits.ts'
import type { Platform } from './platform.ts'
import type { RateLimits } from './rate-limits.ts'
import * as advisories from './rest/advisories.ts'
import * as apps from './rest/apps.ts'
import type { Handler } from './rest/call.ts'
import * as releases from './rest/releases.ts'
import type { RequestRecord } from './state.ts'

export type Desk = {
  readonly platform: Platform
  readonly access: Access
  readonly faults: Faults
  readonly limits: RateLimits
}

const REPO = '/repos/{owner}/{repo}'
const ADVISORIES = `${REPO}/security-advisories`

/**
 * Every route of the emulator. A part in braces stands for one segment of the path; `{tag}` and `{ref}` can stand for
 * several segments.
 */
export const ROUTES: Readonly<Record<string, Handler>> = {
  'GET /app': apps.getApp,
  'POST /app/installations/{installation_id}/access_tokens': apps.createToken,
  'GET /user': apps.getUser,
  'GET /users/{username}': apps.getUserByName,
  [`GET ${REPO}`]: releases.getRepository,
  [`GET ${REPO}/installation`]: apps.getInstallation,
  [`GET ${REPO}/collaborators`]: apps.listCollaborators,
  [`GET ${ADVISORIES}`]: advisories.listAdvisories,
  [`POST ${ADVISORIES}`]: advisories.createAdvisory,
  [`POST ${ADVISORIES}/reports`]: advisories.createReport,
  [`GET ${ADVISORIES}/{ghsa_id}`]: advisories.getAdvisory,
  [`PATCH ${ADVISORIES}/{ghsa_id}`]: advisories.updateAdvisory,
  [`POST ${ADVISORIES}/{ghsa_id}/cve`]: advisories.requestCve,
  [`POST ${ADVISORIES}/{ghsa_id}/forks`]: advisories.createFork,
  [`GET ${REPO}/releases`]: releases.listReleases,
  [`GET ${REPO}/releases/tags/{tag}`]: releases.getReleaseByTag,
  [`GET ${REPO}/tags`]: releases.listTags,
  [`GET ${REPO}/git/ref/{ref}`]: releases.getRef,
}

const MANY_SEGMENTS = ['tag', 'ref']

const PATTERNS = Object.entries(ROUTES).map(([route, handler]) => {
  const [verb = '', template = ''] = route.split(' ')
  const pattern = template.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    MANY_SEGMENTS.includes(name) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  )
  return { route, verb, handler, pattern: new RegExp(`^${pattern}$`) }
})

type RequestResult = { readonly reply: Reply; readonly outcome: string }

/**
 * Answers one request. The checks are in GitHub's order: version, credentials, limits, then the checks of the route.
 */
export function answer(desk: Desk, received: ReceivedRequest): Reply {
  const { verb, path } = received
  const found = PATTERNS.find((one) => one.verb === verb && one.pattern.test(path))
  const route = found?.route ?? `${verb} ${path}`
  const caller = desk.access.callerOf(received.authorization)
  const record: RequestRecord = {
    route,
    path,
    by: caller.kind === 'refused' ? 'refused' : loginOf(caller),
    body: asJsonObject(parseJson(received.body.toString())),
    outcome: '',
  }
  desk.platform.requests.push(record)
  const met = meet(desk, route, () => {
    const refusal = refusalOf(desk, received, caller)
    if (refusal !== undefined) return refusal
    if (found === undefined || caller.kind === 'refused') return notFound()
    return found.handler({
      platform: desk.platform,
      access: desk.access,
      caller,
      version: String(received.headers['x-github-api-version']),
      path: partsOf(found.pattern, path),
      query: received.query,
      body: record.body,
    })
  })
  record.outcome = met.outcome
  desk.platform.changes.announce()
  return met.reply
}

const partsOf = (pattern: RegExp, path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(pattern.exec(path)?.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
  )

function refusalOf(
  desk: Desk,
  { headers, verb }: ReceivedRequest,
  caller: ReturnType<Access['callerOf']>,
): Reply | undefined {
  if (headers['user-agent'] === undefined) return forbidden('Request forbidden by administrative rules.')
  // Without the header, GitHub uses its oldest version, so an app that forgets the header breaks when that version
  // ends. The emulator refuses such a call.
  if (!API_VERSIONS.includes(String(headers['x-github-api-version'])))
    return badRequest('The header X-GitHub-Api-Version names no supported version.')
  if (caller.kind === 'refused')
    return caller.message === 'Bad credentials' ? badCredentials() : unauthorized(caller.message)
  const exceeded = desk.limits.admit({ by: loginOf(caller), isWrite: verb !== 'GET' })
  return exceeded === undefined ? undefined : limited(exceeded, desk.platform.now())
}

/** Applies the planned fault, or else carries out the request. */
function meet(desk: Desk, route: string, play: () => Reply): RequestResult {
  const fault = desk.faults.take(route)
  switch (fault?.kind) {
    case 'status':
      return { reply: planned(fault.status), outcome: `planned ${fault.status}` }
    case 'rate-limited':
      return { reply: limited(fault, desk.platform.now()), outcome: `${fault.limit} limit` }
    case 'lose-request':
      return { reply: { status: 0, body: '', fault }, outcome: 'request lost' }
    case 'lose-answer':
      return { reply: { status: 0, body: '', fault }, outcome: `${play().status}, answer lost` }
    case 'hang': {
      const reply = play()
      return { reply: { ...reply, fault }, outcome: String(reply.status) }
    }
    case undefined: {
      const reply = play()
      return { reply, outcome: String(reply.status) }
    }
    default:
      return fault satisfies never
  }
}
