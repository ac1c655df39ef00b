import type { JsonObject, Reply } from '@embargo/emulator-kit'
import { answer, badInput, refusal } from './answers.ts'
import type { Call, Caller, Handler } from './calls.ts'
import type { AssignedId } from './service.ts'

const FIRST_YEAR = 1999
const STATES = ['RESERVED', 'PUBLISHED', 'REJECTED']

/** An id as its owner sees it; other organizations see less. */
function shown({ id, owner, requestedBy, reservedAt, modifiedAt, state }: AssignedId): JsonObject {
  return {
    cve_id: id,
    cve_year: id.slice(4, 8),
    owning_cna: owner.shortName,
    state,
    requested_by: { cna: owner.shortName, user: requestedBy },
    reserved: iso(reservedAt),
    time: { created: iso(reservedAt), modified: iso(modifiedAt) },
  }
}

const iso = (at: number): string => new Date(at).toISOString()

const unknownParameter = ({ received }: Call, known: readonly string[]): Reply | undefined => {
  const strange = [...received.query.keys()].find((name) => !known.includes(name))
  return strange === undefined
    ? undefined
    : refusal(400, 'BAD_INPUT', 'Parameters were invalid', [
        { msg: `'${strange}' is not a valid parameter name.`, param: '', location: 'query' },
      ])
}

const availableTo = ({ service, caller: { organization } }: Call): number =>
  organization.quota - service.reservedBy(organization).length

const quotaOf = (call: Call): JsonObject => ({
  id_quota: call.caller.organization.quota,
  total_reserved: call.service.reservedBy(call.caller.organization).length,
  available: availableTo(call),
})

/** Each call reserves further ids, so a call that is repeated reserves twice. */
export const reserve: Handler = (call) => {
  const { service, received, caller } = call
  const { query } = received
  const strange = unknownParameter(call, ['amount', 'batch_type', 'short_name', 'cve_year'])
  if (strange !== undefined) return strange
  const [amount, year, batch] = [query.get('amount'), query.get('cve_year'), query.get('batch_type')]
  if (amount === null || !/^-?\d+$/u.test(amount)) return badInput('amount', 'query', 'Invalid value')
  if (query.get('short_name') === null) return badInput('short_name', 'query', 'Invalid value')
  if (year === null || !/^\d{4}$/u.test(year)) return badInput('cve_year', 'query', 'Invalid value')
  if (query.get('short_name') !== caller.organization.shortName)
    return refusal(
      403,
      'ORG_CANNOT_RESERVE_FOR_OTHER',
      'The organization designated by the CVE-API-ORG header is not allowed to reserve IDs for the organization specified by the short_name query parameter.',
    )
  const wanted = Number(amount)
  if (wanted <= 0) return refusal(400, 'INVALID_AMOUNT', 'The amount query parameter needs to be above 0.')
  if (wanted > 1 && batch === null)
    return refusal(
      400,
      'NO_BATCH_TYPE',
      'The batch_type query parameter must be specified when reserving more than one CVE ID. Available values are: sequential, nonsequential, non-sequential.',
    )
  if (wanted > availableTo(call))
    return refusal(
      403,
      'EXCEEDED_ID_QUOTA',
      "The amount requested would exceed the organization's ID quota.",
      quotaOf(call),
    )
  if (Number(year) < FIRST_YEAR || Number(year) > new Date(service.now()).getUTCFullYear() + 1)
    return refusal(403, 'CANNOT_RESERVE_FOR_YEAR', `IDR is not currently configured to reserve IDs for year ${year}.`)
  if (batch !== null && batch.toLowerCase() !== 'sequential')
    return refusal(400, 'INVALID_BATCH_TYPE', 'This emulator reserves sequential ids only.')
  const ids = service.reserve(caller.organization, caller.user, wanted)
  return answer(200, {
    cve_ids: ids.map((one) => withoutTimes(shown(one))),
    meta: { remaining_quota: availableTo(call) },
  })
}

function withoutTimes({ time: _left, ...rest }: JsonObject): JsonObject {
  return rest
}

/** The ids of the caller's organization. The service gives page numbers only if there are several pages. */
export const list: Handler = (call) => {
  const { service, received, caller } = call
  const strange = unknownParameter(call, ['page', 'state', 'cve_id_year', 'time_reserved.lt', 'time_reserved.gt'])
  if (strange !== undefined) return strange
  const state = received.query.get('state')?.toUpperCase()
  if (state !== undefined && !STATES.includes(state)) return badInput('state', 'query', 'Invalid CVE ID state.')
  const page = received.query.get('page') ?? '1'
  if (!/^[1-9]\d*$/u.test(page)) return badInput('page', 'query', 'Invalid value')
  const own = [...service.ids.values()].filter(
    (one) => one.owner === caller.organization && (state === undefined || one.state === state),
  )
  const at = Number(page)
  const pages = Math.max(1, Math.ceil(own.length / service.pageSize))
  return answer(200, {
    cve_ids: own.slice((at - 1) * service.pageSize, at * service.pageSize).map(shown),
    ...(own.length >= service.pageSize
      ? {
          totalCount: own.length,
          itemsPerPage: service.pageSize,
          pageCount: pages,
          currentPage: at,
          prevPage: at > 1 ? at - 1 : null,
          nextPage: at < pages ? at + 1 : null,
        }
      : {}),
  })
}

/** One id. An id of somebody else is shown without its owner while it is reserved. */
export const readId: Handler = ({ service, caller, named }) => {
  const one = service.ids.get(named)
  if (one === undefined) return refusal(404, 'CVE_ID_NOT_FOUND', `${named} not found`)
  return answer(200, isOwn(one, caller) ? shown(one) : forOthers(one))
}

const isOwn = (one: AssignedId, { organization }: Caller): boolean => one.owner === organization

function forOthers(one: AssignedId): JsonObject {
  const { id, owner, state } = one
  return {
    cve_id: id,
    cve_year: id.slice(4, 8),
    state,
    owning_cna: state === 'RESERVED' ? '[REDACTED]' : owner.shortName,
  }
}

/** Rejects a reserved id that has no record, or undoes such a rejection. */
export const changeId: Handler = (call) => {
  const { service, received, caller, named } = call
  const strange = unknownParameter(call, ['state', 'org'])
  if (strange !== undefined) return strange
  const state = received.query.get('state')?.toUpperCase()
  if (state !== 'REJECTED' && state !== 'RESERVED')
    return badInput('state', 'query', 'Invalid CVE ID state. Valid states are: RESERVED, REJECTED')
  const one = service.ids.get(named)
  if (one === undefined || !isOwn(one, caller)) return refusal(404, 'CVE_ID_NOT_FOUND', `${named} not found`)
  if (service.records.has(named))
    return refusal(
      403,
      'CANNOT_CHANGE_CVE_ID_WITH_RECORD',
      `A record was found for ${named}. A CVE ID cannot be changed once a record exists for it. Instead, it changes according to the record.`,
    )
  if (state === 'RESERVED' && availableTo(call) <= 0)
    return refusal(
      403,
      'TRANSITION_STATE_RESERVED_NO_QUOTA',
      'A CVE ID state cannot be changed to RESERVED if the owning organization has no remaining quota.',
    )
  one.state = state
  one.modifiedAt = service.now()
  return answer(200, { message: `${named} was successfully updated.`, updated: shown(one) })
}

const NOT_YOURS = refusal(
  403,
  'NOT_SAME_ORG_OR_SECRETARIAT',
  'This information can only be viewed by the users of the same organization or the Secretariat.',
)

export const readQuota: Handler = (call) =>
  call.named === call.caller.organization.shortName ? answer(200, quotaOf(call)) : NOT_YOURS

export const readOrganization: Handler = ({ caller: { organization }, named }) => {
  const { shortName, uuid, isCna, quota } = organization
  if (named !== shortName && named !== uuid) return NOT_YOURS
  return answer(200, {
    name: shortName,
    short_name: shortName,
    UUID: uuid,
    authority: { active_roles: isCna ? ['CNA'] : [] },
    policies: { id_quota: quota },
  })
}
