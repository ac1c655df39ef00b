import type { Reply } from '@embargo/emulator-kit'
import type { AdvisoryBody, SentVulnerability } from '../check/bodies.ts'
import { Creation, readBody, Report, Update } from '../check/bodies.ts'
import { publicationMistake, ratingMistake, transitionMistake } from '../check/rules.ts'
import { scoreOf, severityOf, vectorsOf } from '../check/vectors.ts'
import { loginOf } from '../auth.ts'
import { badRequest, forbidden, invalid, json } from '../errors.ts'
import { presentAdvisory } from '../present/advisory.ts'
import { forkOf, fullRepository } from '../present/repository.ts'
import type { Advisory, AdvisoryState, Repository, Vulnerability } from '../state.ts'
import type { Call, Handler } from './call.ts'
import { allows, permitted, readableAdvisory, repositoryOf, writableAdvisory } from './call.ts'
import { cursorPage } from './pages.ts'

type Home = { readonly repository: Repository; readonly advisory: Advisory }

const shown = (call: Call, status: number, { repository, advisory }: Home): Reply =>
  json(status, presentAdvisory(call.platform, { repository, advisory, version: call.version }))

export const listAdvisories: Handler = (call) => {
  const found = repositoryOf(call)
  if (!found.ok) return found.reply
  const repository = found.value
  const seesAll = allows(call, repository, 'repository_advisories', 'read')
  const { state, sort = 'created', direction = 'desc' } = Object.fromEntries(call.query)
  if (state !== undefined && !['triage', 'draft', 'published', 'closed'].includes(state))
    return badRequest('The parameter state must be triage, draft, published or closed.')
  const all = [...repository.advisories.values()]
    .filter((one) => seesAll || one.state === 'published')
    .filter((one) => state === undefined || one.state === state)
    .toSorted((a, b) => keyOf(a, sort) - keyOf(b, sort))
  const ordered = direction === 'asc' ? all : all.toReversed()
  const { items, headers } = cursorPage(call, ordered)
  return json(
    200,
    items.map((advisory) => presentAdvisory(call.platform, { repository, advisory, version: call.version })),
    headers,
  )
}

function keyOf({ createdAt, updatedAt, publishedAt = 0 }: Advisory, sort: string): number {
  if (sort === 'updated') return updatedAt
  return sort === 'published' ? publishedAt : createdAt
}

export const getAdvisory: Handler = (call) => {
  const found = readableAdvisory(call)
  return found.ok ? shown(call, 200, found.value) : found.reply
}

export const createAdvisory: Handler = (call) => {
  const found = permitted(call, 'repository_advisories', 'write')
  return found.ok ? added(call, found.value, { schema: Creation, state: 'draft' }) : found.reply
}

/** Anybody with an account may report; the report is in triage until somebody accepts it. */
export const createReport: Handler = (call) => {
  const found = repositoryOf(call)
  if (!found.ok) return found.reply
  if (call.caller.kind !== 'token') return forbidden('Resource not accessible by integration')
  return added(call, found.value, { schema: Report, state: 'triage' })
}

function added(
  call: Call,
  repository: Repository,
  rule: { readonly schema: typeof Creation | typeof Report; readonly state: AdvisoryState },
): Reply {
  const read = readBody<AdvisoryBody>(rule.schema, call.body)
  if (!read.ok) return invalid(read.mistake, read.field)
  const mistake = ratingMistake(read.body)
  if (mistake !== undefined) return invalid(mistake, 'severity')
  const stranger = creditMistake(call, read.body)
  if (stranger !== undefined) return invalid(stranger, 'credits')
  const { platform } = call
  const by = loginOf(call.caller)
  const advisory: Advisory = {
    ghsa: platform.newGhsa(),
    author: by,
    createdAt: platform.now(),
    accepted: rule.state === 'triage' ? false : undefined,
    state: rule.state,
    summary: '',
    description: '',
    severity: undefined,
    vectors: {},
    vulnerabilities: [],
    cwes: [],
    // GitHub credits the author of a report.
    credits: rule.state === 'triage' ? [{ login: by, type: 'finder' }] : [],
    cve: undefined,
    cveRequests: [],
    collaborators: rule.state === 'triage' ? [by] : [],
    fork: undefined,
    publisher: undefined,
    updatedAt: platform.now(),
    publishedAt: undefined,
    closedAt: undefined,
    edits: [],
  }
  write(advisory, read.body)
  repository.advisories.set(advisory.ghsa, advisory)
  platform.touch(advisory, by, Object.keys(call.body))
  return shown(call, 201, { repository, advisory })
}

export const updateAdvisory: Handler = (call) => {
  const found = writableAdvisory(call)
  if (!found.ok) return found.reply
  const { advisory } = found.value
  const read = readBody(Update, call.body)
  if (!read.ok) return invalid(read.mistake, read.field)
  const mistake = change(call, advisory, read.body)
  return mistake === undefined ? shown(call, 200, found.value) : invalid(mistake)
}

/** GitHub's API description says that a credit names a user, so a closed account cannot be credited. */
const creditMistake = ({ platform }: Pick<Call, 'platform'>, { credits }: AdvisoryBody): string | undefined =>
  credits?.some(({ login }) => platform.isClosed(login)) === true ? 'A credited user does not exist.' : undefined

/** Applies a change completely or not at all. Returns the mistake if the change is not allowed. */
export function change(
  { platform, caller }: Pick<Call, 'platform' | 'caller'>,
  advisory: Advisory,
  body: AdvisoryBody,
): string | undefined {
  const next: Advisory = { ...advisory }
  write(next, body)
  const mistake =
    transitionMistake(advisory, body.state) ??
    ratingMistake(body, advisory) ??
    creditMistake({ platform }, body) ??
    (body.state === 'published' && advisory.state !== 'published' ? publicationMistake(next) : undefined)
  if (mistake !== undefined) return mistake
  const by = loginOf(caller)
  if (body.state !== undefined && body.state !== advisory.state) enter(next, body.state, { by, at: platform.now() })
  Object.assign(advisory, next)
  platform.touch(advisory, by, Object.keys(body))
  return undefined
}

function enter(advisory: Advisory, state: AdvisoryState, { by, at }: { by: string; at: number }): void {
  if (advisory.state === 'triage') advisory.accepted = state === 'draft'
  advisory.state = state
  advisory.closedAt = state === 'closed' ? at : undefined
  if (state !== 'published') return
  advisory.publishedAt = at
  advisory.publisher = by
  // https://docs.github.com/code-security/security-advisories/working-with-repository-security-advisories/publishing-a-repository-security-advisory
  advisory.fork = undefined
}

/** Writes the fields that a body names; arrays are replaced completely. */
function write(advisory: Advisory, body: AdvisoryBody): void {
  if (body.summary !== undefined) advisory.summary = body.summary
  if (body.description !== undefined) advisory.description = body.description
  if (body.vulnerabilities !== undefined) advisory.vulnerabilities = (body.vulnerabilities ?? []).map(vulnerability)
  if (body.cwe_ids !== undefined) advisory.cwes = body.cwe_ids ?? []
  if (body.credits !== undefined) advisory.credits = body.credits ?? []
  if (body.cve_id !== undefined) advisory.cve = body.cve_id ?? undefined
  if (body.collaborating_users !== undefined) advisory.collaborators = body.collaborating_users ?? []
  if (body.cvss_vector_string === null) advisory.vectors = {}
  if (body.severity !== undefined) advisory.severity = body.severity ?? undefined
  if (typeof body.cvss_vector_string !== 'string') return
  advisory.vectors = vectorsOf(body.cvss_vector_string)
  advisory.severity = severityOf(scoreOf(body.cvss_vector_string) ?? 0)
}

const vulnerability = (sent: SentVulnerability): Vulnerability => ({
  ecosystem: sent.package.ecosystem,
  name: sent.package.name ?? null,
  range: sent.vulnerable_version_range ?? null,
  patched: sent.patched_versions ?? null,
  functions: sent.vulnerable_functions ?? [],
})

/** GitHub accepts one request for each advisory, and answers it days later. */
export const requestCve: Handler = (call) => {
  const found = writableAdvisory(call)
  if (!found.ok) return found.reply
  const { repository, advisory } = found.value
  if (repository.isPrivate) return invalid('A CVE cannot be requested for a private repository.')
  if (advisory.cve !== undefined) return invalid('The advisory has a CVE already.')
  if (advisory.cveRequests.length > 0) return invalid('A CVE has already been requested for this advisory.')
  if (advisory.state !== 'draft' && advisory.state !== 'published')
    return invalid('A CVE can only be requested for an accepted advisory.')
  advisory.cveRequests.push(loginOf(call.caller))
  call.platform.changes.announce()
  return json(202, {})
}

export const createFork: Handler = (call) => {
  const found = writableAdvisory(call)
  if (!found.ok) return found.reply
  const { repository, advisory } = found.value
  const allowed = permitted(call, 'administration', 'write')
  if (!allowed.ok) return allowed.reply
  if (advisory.state === 'published' || advisory.state === 'closed')
    return invalid('A fork can only be made for an open advisory.')
  advisory.fork = `${repository.name}-${advisory.ghsa.toLowerCase()}`
  call.platform.touch(advisory, loginOf(call.caller), ['private_fork'])
  return json(202, fullRepository(call.platform, forkOf(repository, advisory.fork)))
}
