import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startCveEmulator } from './emulator.ts'
import type { CveEmulator } from './emulator.ts'

const NOW = Date.UTC(2026, 5, 1, 12)
const ANA = { 'CVE-API-ORG': 'quillmark', 'CVE-API-USER': 'ana@quillmark.example', 'CVE-API-KEY': 'ANA-KEY' }
const LEE = { 'CVE-API-ORG': 'lantern', 'CVE-API-USER': 'lee@lantern.example', 'CVE-API-KEY': 'LEE-KEY' }
const KIM = { 'CVE-API-ORG': 'reader', 'CVE-API-USER': 'kim@reader.example', 'CVE-API-KEY': 'KIM-KEY' }

const CONTAINER = {
  title: 'Path traversal in Quillmark',
  descriptions: [{ lang: 'en', value: 'An attacker may read files.' }],
  affected: [
    {
      vendor: 'Quillmark',
      product: 'Quillmark',
      versions: [{ version: '2.0', status: 'affected', lessThan: '2.4.1', versionType: 'semver' }],
    },
  ],
  references: [{ url: 'https://quillmark.example/security/1' }],
}
const REASON = { rejectedReasons: [{ lang: 'en', value: 'The id was not used.' }] }

let cve: CveEmulator

async function call(verb: string, path: string, headers: Record<string, string> = ANA, body?: unknown) {
  const response = await fetch(`${cve.apiUrl}${path}`, {
    method: verb,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: Object(await response.json()) }
}

const reserve = (query = 'amount=1&cve_year=2026&short_name=quillmark', headers = ANA) =>
  call('POST', `cve-id?${query}`, headers)
const publish = (container: object = CONTAINER, headers = ANA) =>
  call('POST', 'cve/CVE-1900-1001/cna', headers, { cnaContainer: container })

beforeEach(async () => {
  cve = await startCveEmulator({
    now: () => NOW,
    pageSize: 2,
    organizations: [
      { shortName: 'quillmark', quota: 3, users: [{ name: 'ana@quillmark.example', key: 'ANA-KEY' }] },
      { shortName: 'lantern', quota: 3, users: [{ name: 'lee@lantern.example', key: 'LEE-KEY' }] },
      { shortName: 'reader', quota: 0, isCna: false, users: [{ name: 'kim@reader.example', key: 'KIM-KEY' }] },
    ],
  })
})
afterEach(() => cve[Symbol.asyncDispose]())

describe('CVE Services', () => {
  it.each(['CVE-API-ORG', 'CVE-API-USER', 'CVE-API-KEY'])('wants the header %s', async (name) => {
    const { [name]: _left, ...rest } = Object(ANA)
    expect(await call('GET', 'cve-id', rest)).toEqual({
      status: 400,
      body: { error: 'BAD_REQUEST', message: `${name} header field required.` },
    })
  })

  it('refuses a wrong key without saying why', async () => {
    const body = { error: 'UNAUTHORIZED', message: 'Unauthorized' }
    expect(await call('GET', 'cve-id', { ...ANA, 'CVE-API-KEY': 'LEE-KEY' })).toEqual({ status: 401, body })
    expect(await call('GET', 'cve-id', { ...ANA, 'CVE-API-ORG': 'nobody' })).toEqual({ status: 401, body })
  })

  it('reserves one id at a time: repeating the call reserves another id', async () => {
    const first = await reserve()
    expect(first).toEqual({
      status: 200,
      body: {
        cve_ids: [
          {
            cve_id: 'CVE-1900-1001',
            cve_year: '1900',
            owning_cna: 'quillmark',
            state: 'RESERVED',
            requested_by: { cna: 'quillmark', user: 'ana@quillmark.example' },
            reserved: '2026-06-01T12:00:00.000Z',
          },
        ],
        meta: { remaining_quota: 2 },
      },
    })
    expect((await reserve()).body.cve_ids[0].cve_id).toBe('CVE-1900-1002')
    const several = await reserve('amount=1&batch_type=sequential&cve_year=2027&short_name=lantern', LEE)
    expect(several.body.cve_ids[0].cve_id).toBe('CVE-1900-1003')
  })

  it.each([
    ['without an amount', 'cve_year=2026&short_name=quillmark', 400, 'BAD_INPUT'],
    ['of nothing', 'amount=0&cve_year=2026&short_name=quillmark', 400, 'INVALID_AMOUNT'],
    ['of several without their order', 'amount=2&cve_year=2026&short_name=quillmark', 400, 'NO_BATCH_TYPE'],
    ['for another organization', 'amount=1&cve_year=2026&short_name=lantern', 403, 'ORG_CANNOT_RESERVE_FOR_OTHER'],
    ['for a year that is not open', 'amount=1&cve_year=2028&short_name=quillmark', 403, 'CANNOT_RESERVE_FOR_YEAR'],
    ['beyond the quota', 'amount=4&batch_type=sequential&cve_year=2026&short_name=quillmark', 403, 'EXCEEDED_ID_QUOTA'],
    ['with a parameter of its own', 'amount=1&cve_year=2026&short_name=quillmark&key=7', 400, 'BAD_INPUT'],
  ])('refuses a reservation %s', async (_what, query, status, error) => {
    const refused = await reserve(query)
    expect([refused.status, refused.body.error]).toEqual([status, error])
    expect(cve.service.ids.size).toBe(0)
  })

  it('reserves ids only for a CNA', async () => {
    expect((await reserve('amount=1&cve_year=2026&short_name=reader', KIM)).body.error).toBe('CNA_ONLY')
  })

  it('lists the ids of the caller’s organization by state, in pages', async () => {
    await reserve('amount=3&batch_type=sequential&cve_year=2026&short_name=quillmark')
    await publish()
    const reserved = await call('GET', 'cve-id?state=RESERVED')
    expect(reserved.body.cve_ids.map(({ cve_id: id }: { cve_id: string }) => id)).toEqual([
      'CVE-1900-1002',
      'CVE-1900-1003',
    ])
    const second = await call('GET', 'cve-id?page=2')
    expect(second.body).toMatchObject({ totalCount: 3, pageCount: 2, currentPage: 2, prevPage: 1, nextPage: null })
    expect(second.body.cve_ids).toHaveLength(1)
    expect((await call('GET', 'cve-id', LEE)).body).toEqual({ cve_ids: [] })
  })

  it('hides who owns a reserved id from others', async () => {
    await reserve()
    expect((await call('GET', 'cve-id/CVE-1900-1001', LEE)).body).toEqual({
      cve_id: 'CVE-1900-1001',
      cve_year: '1900',
      state: 'RESERVED',
      owning_cna: '[REDACTED]',
    })
    expect((await call('GET', 'cve-id/CVE-1900-9999')).status).toBe(404)
    expect((await call('GET', 'cve-id/CVE-1900-1')).body.error).toBe('BAD_INPUT')
  })

  it('counts reserved ids against the quota, until they have a record or are rejected', async () => {
    await reserve('amount=3&batch_type=sequential&cve_year=2026&short_name=quillmark')
    expect((await call('GET', 'org/quillmark/id_quota')).body).toEqual({
      id_quota: 3,
      total_reserved: 3,
      available: 0,
    })
    await publish()
    await call('PUT', 'cve-id/CVE-1900-1002?state=REJECTED')
    expect((await call('GET', 'org/quillmark/id_quota')).body.available).toBe(2)
    expect((await call('GET', 'org/lantern/id_quota')).body.error).toBe('NOT_SAME_ORG_OR_SECRETARIAT')
  })

  it('publishes the container of the caller’s id, fills in who the CNA is, and shows it to everybody', async () => {
    await reserve()
    const { status, body } = await publish()
    expect(status).toBe(200)
    expect(body.created.cveMetadata).toMatchObject({
      cveId: 'CVE-1900-1001',
      state: 'PUBLISHED',
      assignerShortName: 'quillmark',
    })
    expect(body.created.containers.cna).toMatchObject({ ...CONTAINER, providerMetadata: { shortName: 'quillmark' } })
    expect((await call('GET', 'cve/CVE-1900-1001', {})).body).toEqual(body.created)
    expect(cve.service.ids.get('CVE-1900-1001')?.state).toBe('PUBLISHED')
  })

  it.each([
    ['without a description', { ...CONTAINER, descriptions: [] }, 'INVALID_JSON_SCHEMA'],
    ['with a field of its own', { ...CONTAINER, secret: 1 }, 'INVALID_JSON_SCHEMA'],
    ['published in the future', { ...CONTAINER, datePublic: '2026-06-02T00:00:00.000Z' }, 'BAD_INPUT'],
    [
      'with two descriptions in English',
      { ...CONTAINER, descriptions: [...CONTAINER.descriptions, { lang: 'en', value: 'Twice.' }] },
      'BAD_INPUT',
    ],
  ])('refuses a container %s', async (_what, container, error) => {
    await reserve()
    const refused = await publish(container)
    expect([refused.status, refused.body.error]).toEqual([400, error])
    expect(cve.service.records.size).toBe(0)
  })

  it('refuses a second record, a record for another organization’s id, and a record for an id that nobody reserved', async () => {
    expect((await publish()).body.error).toBe('CVEID_DNE')
    await reserve()
    expect((await publish(CONTAINER, LEE)).body.error).toBe('CVEID_ORG_DOES_NOT_MATCH')
    await publish()
    expect(await publish()).toMatchObject({ status: 403, body: { error: 'CVE_RECORD_EXISTS' } })
  })

  it('replaces the container at an update, and refuses to update a record that does not exist', async () => {
    await reserve()
    const update = () =>
      call('PUT', 'cve/CVE-1900-1001/cna', ANA, { cnaContainer: { ...CONTAINER, title: 'Another title' } })
    expect((await update()).body.error).toBe('CVE_RECORD_DNE')
    await publish()
    expect((await update()).body.updated.containers.cna.title).toBe('Another title')
  })

  it('rejects an unused id with the reason, and then accepts no other call for it', async () => {
    await reserve()
    const reject = () => call('POST', 'cve/CVE-1900-1001/reject', ANA, { cnaContainer: REASON })
    expect((await call('POST', 'cve/CVE-1900-1001/reject', ANA, { cnaContainer: {} })).body.error).toBe(
      'INVALID_JSON_SCHEMA',
    )
    expect((await reject()).body.created.cveMetadata.state).toBe('REJECTED')
    expect((await reject()).body.error).toBe('CVE_RECORD_EXISTS')
    expect((await call('PUT', 'cve-id/CVE-1900-1001?state=RESERVED')).body.error).toBe(
      'CANNOT_CHANGE_CVE_ID_WITH_RECORD',
    )
    expect(cve.service.ids.get('CVE-1900-1001')?.state).toBe('REJECTED')
  })
})

describe('a fault of CVE Services', () => {
  it('loses the answer to a call that was carried out', async () => {
    cve.faults.next('reserve', { is: 'lose-answer' })
    await expect(reserve()).rejects.toThrow('fetch failed')
    expect([...cve.service.ids.keys()]).toEqual(['CVE-1900-1001'])
  })

  it('loses a call before it is carried out', async () => {
    cve.faults.next('reserve', { is: 'lose-request' })
    await expect(reserve()).rejects.toThrow('fetch failed')
    expect(cve.service.ids.size).toBe(0)
  })

  it('affects only one call of its kind', async () => {
    cve.faults.next('reserve', { is: 'refused', status: 403, error: 'RESERVATION_IN_PROGRESS', message: 'Wait.' })
    expect((await call('GET', 'cve-id')).status).toBe(200)
    expect((await reserve()).body.error).toBe('RESERVATION_IN_PROGRESS')
    expect((await reserve()).status).toBe(200)
  })
})
