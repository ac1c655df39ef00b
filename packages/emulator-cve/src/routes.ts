import type { ReceivedRequest, Reply } from '@embargo/emulator-kit'
import { answer, badInput, refusal } from './answers.ts'
import type { Caller, Route } from './calls.ts'
import type { CveFault, Faults } from './faults.ts'
import { changeId, list, readId, readOrganization, readQuota, reserve } from './ids.ts'
import { publish, readRecord, reject, update } from './records.ts'
import type { CveService } from './service.ts'

const ID_FORM = /^CVE-\d{4}-\d{4,19}$/u

const ROUTES: readonly Route[] = [
  { call: 'reserve', verb: 'POST', path: /^\/api\/cve-id$/u, onlyCnas: true, handle: reserve },
  { call: 'list', verb: 'GET', path: /^\/api\/cve-id$/u, handle: list },
  { call: 'read-id', verb: 'GET', path: /^\/api\/cve-id\/([^/]+)$/u, handle: readId },
  { call: 'change-id', verb: 'PUT', path: /^\/api\/cve-id\/([^/]+)$/u, onlyCnas: true, handle: changeId },
  { call: 'read-record', verb: 'GET', path: /^\/api\/cve\/([^/]+)$/u, isOpen: true, handle: readRecord },
  { call: 'publish', verb: 'POST', path: /^\/api\/cve\/([^/]+)\/cna$/u, onlyCnas: true, handle: publish },
  { call: 'update', verb: 'PUT', path: /^\/api\/cve\/([^/]+)\/cna$/u, onlyCnas: true, handle: update },
  { call: 'reject', verb: 'POST', path: /^\/api\/cve\/([^/]+)\/reject$/u, onlyCnas: true, handle: reject },
  { call: 'reject', verb: 'PUT', path: /^\/api\/cve\/([^/]+)\/reject$/u, onlyCnas: true, handle: reject },
  { call: 'organization', verb: 'GET', path: /^\/api\/org\/([^/]+)$/u, handle: readOrganization },
  { call: 'quota', verb: 'GET', path: /^\/api\/org\/([^/]+)\/id_quota$/u, handle: readQuota },
]

const NOBODY: Caller = {
  organization: { shortName: '', uuid: '', isCna: false, quota: 0, users: [] },
  user: '',
}

/** The caller whom the three headers name, or the refusal of the call. */
function callerOf(service: CveService, { headers }: ReceivedRequest): Caller | Reply {
  for (const name of ['CVE-API-ORG', 'CVE-API-USER', 'CVE-API-KEY'])
    if (typeof headers[name.toLowerCase()] !== 'string')
      return refusal(400, 'BAD_REQUEST', `${name} header field required.`)
  const organization = service.organizations.find(({ shortName }) => shortName === headers['cve-api-org'])
  const user = organization?.users.find(({ name }) => name === headers['cve-api-user'])
  if (organization === undefined || user?.isActive !== true || user.key !== headers['cve-api-key'])
    return refusal(401, 'UNAUTHORIZED', 'Unauthorized')
  return { organization, user: user.name }
}

/** The size of an answer that is larger than any honest one. */
const ENDLESS_BYTES = 20_000_000

function before(fault: CveFault | undefined): Reply | undefined {
  switch (fault?.is) {
    case 'lose-request':
      return { status: 200, body: '', fault: { kind: 'lose-request' } }
    case 'status':
      return {
        status: fault.status,
        body: '<html><body>the front before the service</body></html>',
        headers: {
          'content-type': 'text/html',
          ...(fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) }),
        },
      }
    case 'refused':
      return refusal(fault.status, fault.error, fault.message)
    case 'elsewhere':
      return { status: 307, body: '', headers: { location: fault.to } }
    default:
      return undefined
  }
}

function after(reply: Reply, fault: CveFault | undefined): Reply {
  switch (fault?.is) {
    case 'lose-answer':
      return { ...reply, fault: { kind: 'lose-answer' } }
    case 'hang':
      return { ...reply, fault: { kind: 'hang', ms: fault.ms } }
    case 'endless':
      return { ...reply, body: Buffer.alloc(ENDLESS_BYTES, ' ') }
    case 'not-json':
      return { ...reply, body: '<html>' }
    default:
      return reply
  }
}

/** Answers one request as the service does. */
export function route(service: CveService, faults: Faults, received: ReceivedRequest): Reply {
  const found = ROUTES.find(({ verb, path }) => verb === received.verb && path.test(received.path))
  if (found === undefined)
    return received.path === '/api/health-check'
      ? answer(200, '')
      : refusal(404, 'NOT_FOUND', '404: resource not found')
  const fault = faults.take(found.call)
  const early = before(fault)
  if (early !== undefined) return early
  const caller = found.isOpen === true ? NOBODY : callerOf(service, received)
  if ('status' in caller) return caller
  if (found.onlyCnas === true && !caller.organization.isCna)
    return refusal(403, 'CNA_ONLY', 'This function is currently only allowed to CNAs.')
  const named = decodeURIComponent(found.path.exec(received.path)?.[1] ?? '')
  if (received.path.startsWith('/api/cve') && named !== '' && !ID_FORM.test(named))
    return badInput('id', 'path', 'Invalid value')
  const reply = found.handle({ service, received, caller, named })
  service.changes.announce()
  return after(reply, fault)
}
