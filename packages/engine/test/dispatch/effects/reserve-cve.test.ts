import { CaseId, CveId, DAY, later } from '@embargo/core'
import type { Policy } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { OutsideError } from '../../../src/index.ts'
import { createFakeRegistry } from '../../fakes/fake-cve-registry.ts'
import { CASE, createHouse, mailBytes, policyOf } from '../../house.ts'
import type { House } from '../../house.ts'
import { submit, previewOf } from '../../story.ts'

const LOST = { error: new OutsideError('unknown', 'CVE Services did not answer.'), afterEffect: true }
const QUOTA = { error: new OutsideError('refused', 'The quota is used up.') }
const GONE = { error: new OutsideError('unreachable', 'CVE Services cannot be reached.') }

function ownPolicy(): Policy {
  const policy = policyOf()
  return { ...policy, projects: policy.projects.map((project) => ({ ...project, cve: 'own' as const })) }
}

async function accepted(registry = createFakeRegistry()): Promise<House> {
  const house = createHouse({ policy: ownPolicy(), cveRegistry: registry })
  await house.receive()
  await house.ask('ana', { verb: 'ack', case: CASE })
  await house.ask('ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
  await house.drain()
  return house
}

const request = (house: House) => house.ask('ana', { verb: 'cve.request', case: CASE, reserve: true })
const cves = (house: House) => house.drain(['cve'])
const cveEvents = (house: House) => house.events().filter((type) => type.startsWith('Cve') || type.startsWith('Effect'))

describe('the reservation of a CVE id', () => {
  it('is logged before anything is reserved, and its id is logged as soon as it arrives', async () => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    await request(house)
    expect([cveEvents(house), registry.ids]).toEqual([['CveRequested'], []])
    await cves(house)
    expect(cveEvents(house)).toEqual(['CveRequested', 'CveAssigned'])
    expect((await house.caseState()).cve).toMatchObject({ id: 'CVE-1900-1001', reserved: true, from: 'own' })
  })

  it('marks an id of a test instance', async () => {
    const house = await accepted(createFakeRegistry({ is: 'test' }))
    await request(house)
    await cves(house)
    expect((await house.caseState()).cve).toMatchObject({ id: 'CVE-1900-1001', test: true })
  })

  it('reserves once, however often people ask', async () => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    await request(house)
    await request(house)
    await cves(house)
    await request(house)
    await cves(house)
    expect(registry.ids).toHaveLength(1)
  })

  it('reserves nothing again after a lost answer, until a person says so', async () => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    registry.failures.push(LOST)
    await request(house)
    await cves(house)
    const [doubt] = (await house.caseState()).parked
    expect(doubt).toMatchObject({ doubt: true, because: 'CVE Services did not answer.' })
    expect(await request(house)).toMatchObject({ ok: false, refusal: { gate: 'makes-sense' } })
    await cves(house)
    expect(registry.ids).toHaveLength(1)
    if (doubt === undefined) throw new Error('nothing waits')
    await house.ask('ana', { verb: 'settle', case: CASE, effect: doubt.effect, outcome: 'again' })
    await cves(house)
    expect((await house.caseState()).cve).toMatchObject({ id: 'CVE-1900-1002' })
    expect(registry.ids).toHaveLength(2)
  })

  it('takes the unused id that a person chooses after a lost answer', async () => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    registry.failures.push(LOST)
    await request(house)
    await cves(house)
    const found = await house.engine.queries.unusedCves()
    expect(found?.ids.map(({ id }) => id)).toEqual(['CVE-1900-1001'])
    const cve = CveId.parse('CVE-1900-1001')
    const checked = await house.engine.queries.checkCve(cve, CASE)
    expect(checked).toEqual({ ok: true, reserved: {} })
    await house.ask('ana', { verb: 'cve.set', case: CASE, cve, reserved: {} })
    await cves(house)
    expect(await house.caseState()).toMatchObject({ cve: { id: cve, reserved: true }, parked: [] })
    expect((await house.engine.queries.unusedCves())?.ids).toEqual([])
    expect(registry.ids).toHaveLength(1)
  })

  it('says why the service refused it, and can be asked for again', async () => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    registry.failures.push(QUOTA)
    await request(house)
    await cves(house)
    expect(cveEvents(house)).toEqual(['CveRequested', 'CveReservationRefused'])
    expect((await house.caseState()).cve?.reservation).toMatchObject({ refused: 'The quota is used up.' })
    await request(house)
    await cves(house)
    expect((await house.caseState()).cve?.id).toBe('CVE-1900-1001')
  })

  it('waits while the service cannot be reached, and reserves one id then', async () => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    registry.failures.push(GONE, GONE)
    await request(house)
    for (let round = 0; round < 3; round += 1) {
      await cves(house)
      house.machine.ms += 3_600_000
    }
    expect((await house.caseState()).cve?.id).toBe('CVE-1900-1001')
    expect(registry.ids).toHaveLength(1)
  })

  it('waits while people approve texts, because an id that arrives would void what they approve', async () => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    await request(house)
    const at = later(house.clock.now(), DAY)
    const waiver = { verb: 'waive', case: CASE, rule: 'notice', at, reason: 'Attacks are near.' } as const
    const { digest, blob } = previewOf(await house.engine.commands.preview(waiver, house.clock.now()))
    await submit(house, 'ana', { ...waiver, shown: { digest, blob } })
    await cves(house)
    expect(registry.ids).toEqual([])
    await house.ask('ben', { verb: 'approve.no', case: CASE, reason: 'Ask once more.' })
    house.machine.ms += 3_600_000
    await cves(house)
    expect((await house.caseState()).cve?.id).toBe('CVE-1900-1001')
  })

  it('reserves nothing for a request that was already ended', async () => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    await request(house)
    await house.ask('ana', { verb: 'cve.reject', case: CASE, reason: 'It is not ours.' })
    await cves(house)
    expect(registry.ids).toEqual([])
    expect((await house.caseState()).cve).toBeUndefined()
  })
})

describe('the rejection of a CVE id', () => {
  async function withId(registry = createFakeRegistry()) {
    const house = await accepted(registry)
    await request(house)
    await cves(house)
    return { house, registry }
  }
  const reject = (house: House) => house.ask('ana', { verb: 'cve.reject', case: CASE, reason: 'It was a mistake.' })

  it('rejects the unused id at the service, with the reason', async () => {
    const { house, registry } = await withId()
    await reject(house)
    await cves(house)
    expect(registry.ids).toEqual([{ id: 'CVE-1900-1001', state: 'rejected', reason: 'It was a mistake.' }])
    expect((await house.caseState()).cve).toBeUndefined()
  })

  it('looks the id up after a lost answer, and does not reject it a second time', async () => {
    const { house, registry } = await withId()
    registry.failures.push(LOST)
    await reject(house)
    await cves(house)
    house.machine.ms += 3_600_000
    await cves(house)
    expect(registry.ids).toEqual([{ id: 'CVE-1900-1001', state: 'rejected', reason: 'It was a mistake.' }])
    expect((await house.caseState()).parked).toEqual([])
  })

  it('leaves an id alone if the service did not confirm that it is ours', async () => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    await registry.reserve(2026)
    await house.ask('ana', { verb: 'cve.set', case: CASE, cve: CveId.parse('CVE-1900-1001') })
    await reject(house)
    await cves(house)
    expect(registry.ids).toEqual([{ id: 'CVE-1900-1001', state: 'reserved' }])
  })
})

describe('a CVE id that a person records', () => {
  it.each([
    ['that nobody reserved', 'CVE-1900-9999', /^Nobody has reserved CVE-1900-9999 at the production instance/],
    ['that is rejected', 'CVE-1900-1001', /is rejected at/],
  ])('is refused if it is one %s', async (_what, written, because) => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    const { id } = await registry.reserve(2026)
    await registry.reject(id, 'Not used.')
    expect(await house.engine.queries.checkCve(CveId.parse(written), CASE)).toEqual({
      ok: false,
      because: expect.stringMatching(because),
    })
  })

  it('is accepted as typed while the service does not answer', async () => {
    const registry = createFakeRegistry()
    const house = await accepted(registry)
    registry.failures.push(GONE)
    expect(await house.engine.queries.checkCve(CveId.parse('CVE-1900-1001'), CASE)).toEqual({ ok: true })
  })

  it('is refused if another case has it, without saying which', async () => {
    const house = await accepted()
    await request(house)
    await cves(house)
    const cve = CveId.parse('CVE-1900-1001')
    const other = CaseId.parse('SEC-2026-0002')
    expect(await house.engine.queries.checkCve(cve, other)).toEqual({ ok: false, because: `Another case has ${cve}.` })
    expect(await house.engine.queries.checkCve(cve, CASE)).toEqual({ ok: true, reserved: {} })
  })

  it('is refused for one of two cases that record it in the same second', async () => {
    const house = await accepted()
    await house.receive(
      { envelopeFrom: 'kim@other.example' },
      mailBytes({ from: 'kim@other.example', subject: 'Another hole' }),
    )
    const other = CaseId.parse('SEC-2026-0002')
    await submit(house, 'ben', { verb: 'ack', case: other })
    await submit(house, 'ben', { verb: 'triage', case: other, disposition: 'valid', severity: 'high' })
    const cve = CveId.parse('CVE-1900-0042')
    const answers = await Promise.all([
      house.ask('ana', { verb: 'cve.set', case: CASE, cve }),
      house.ask('ben', { verb: 'cve.set', case: other, cve }),
    ])
    expect(answers).toMatchObject([
      { ok: true },
      { ok: false, refusal: { gate: 'makes-sense', because: `Another case has ${cve}.` } },
    ])
    expect(await house.ask('ana', { verb: 'cve.set', case: CASE, cve })).toMatchObject({ ok: true })
  })
})
