import { isObject, parseJson } from '@embargo/emulator-kit'
import type { Json, JsonObject, Reply } from '@embargo/emulator-kit'
import { answer, badInput, refusal } from './answers.ts'
import type { Call, Handler } from './calls.ts'
import { badParameter, wrongInPublished, wrongInRejected } from './container.ts'
import type { AssignedId } from './service.ts'

const SCHEMA_VERSION = '5.1'

/** The container in a request, or the refusal if the request has none. */
function containerOf({ received }: Call): JsonObject | Reply {
  if (!received.contentType.startsWith('application/json')) return badInput('cnaContainer', 'body', 'Invalid value')
  const body = parseJson(received.body.toString('utf8'))
  if (body === undefined) return refusal(400, 'INVALID_JSON_SYNTAX', 'The JSON in the body is malformed.')
  const container = isObject(body) ? body.cnaContainer : undefined
  return isObject(container) ? container : badInput('cnaContainer', 'body', 'Invalid value')
}

const isReply = (value: JsonObject | Reply): value is Reply => typeof value.status === 'number' && 'body' in value

/** The id in the path, if the caller's organization owns it. */
function ownId({ service, caller, named }: Call): AssignedId | Reply {
  const one = service.ids.get(named)
  if (one === undefined) return refusal(400, 'CVEID_DNE', 'The cve id does not exist.')
  if (one.owner !== caller.organization)
    return refusal(403, 'CVEID_ORG_DOES_NOT_MATCH', 'The cve id owning org does not match user org.')
  return one
}

const INVALID = (errors: Json): Reply =>
  refusal(400, 'INVALID_JSON_SCHEMA', 'CVE cnaContainer JSON schema validation FAILED.', { errors })

/** Creates or changes the record of an id with the container that was sent. */
function store(call: Call, state: 'PUBLISHED' | 'REJECTED', former: JsonObject | undefined): Reply {
  const { service, caller, named } = call
  const own = ownId(call)
  if ('status' in own) return own
  const sent = containerOf(call)
  if (isReply(sent)) return sent
  const now = new Date(service.now()).toISOString()
  const providerMetadata = {
    orgId: caller.organization.uuid,
    shortName: caller.organization.shortName,
    dateUpdated: now,
  }
  const container: JsonObject = { ...sent, providerMetadata }
  const bad = badParameter(sent, service.now())
  if (bad !== undefined) return badInput(bad.param, 'body', bad.msg)
  const wrong = state === 'PUBLISHED' ? wrongInPublished(container) : wrongInRejected(container)
  if (wrong !== undefined) return INVALID(wrong)
  const before = isObject(former?.cveMetadata) ? former.cveMetadata : {}
  const record: JsonObject = {
    dataType: 'CVE_RECORD',
    dataVersion: SCHEMA_VERSION,
    cveMetadata: {
      cveId: named,
      assignerOrgId: own.owner.uuid,
      assignerShortName: own.owner.shortName,
      ...(state === 'PUBLISHED' ? { datePublished: now } : { dateRejected: now }),
      ...before,
      state,
      dateReserved: new Date(own.reservedAt).toISOString(),
      dateUpdated: now,
    },
    containers: { cna: container },
  }
  service.records.set(named, record)
  own.state = state
  own.modifiedAt = service.now()
  return former === undefined
    ? answer(200, { message: `${named} record was successfully created.`, created: record })
    : answer(200, { message: `${named} record was successfully updated.`, updated: record })
}

const EXISTS = 'The cve record for the cve id already exists.'
const ABSENT = 'The cve record for the cve id does not exist.'

/** An id gets one record, so a call that is repeated is refused. */
export const publish: Handler = (call) => {
  const own = ownId(call)
  if ('status' in own) return own
  if (call.service.records.has(call.named)) return refusal(403, 'CVE_RECORD_EXISTS', EXISTS)
  return store(call, 'PUBLISHED', undefined)
}

/** Replaces the whole container. A record that was rejected is published again. */
export const update: Handler = (call) => {
  const own = ownId(call)
  if ('status' in own) return own
  const former = call.service.records.get(call.named)
  return former === undefined ? refusal(403, 'CVE_RECORD_DNE', ABSENT) : store(call, 'PUBLISHED', former)
}

/**
 * Marks an id as rejected. A POST request does this for an id without a record, a PUT request for an id with a record.
 */
export const reject: Handler = (call) => {
  const own = ownId(call)
  if ('status' in own) return own
  const former = call.service.records.get(call.named)
  if (call.received.verb === 'POST' && former !== undefined) return refusal(400, 'CVE_RECORD_EXISTS', EXISTS)
  if (call.received.verb === 'PUT' && former === undefined) return refusal(400, 'CVE_RECORD_DNE', ABSENT)
  return store(call, 'REJECTED', former)
}

export const readRecord: Handler = ({ service, named }) => {
  const record = service.records.get(named)
  return record === undefined ? refusal(404, 'CVE_RECORD_DNE', ABSENT) : answer(200, record)
}
