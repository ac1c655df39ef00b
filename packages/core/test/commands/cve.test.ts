import { describe, expect, it } from 'vitest'
import { clocks, CveId, later, MessageId, MINUTE, unreadOfVendors } from '../../src/index.ts'
import type { CaseState, PersonRequest, Policy } from '../../src/index.ts'
import {
  ana,
  ben,
  BLOB,
  CASE,
  DAY,
  HASH,
  OTHER_HASH,
  person,
  policyOf,
  RELEASE,
  Scenario,
  START,
} from '../fixtures/scenario.ts'
import { requestAndApprove, publicSignal } from '../fixtures/secrecy.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const ID = CveId.parse('CVE-1900-0042')
const using = (cve: 'form' | 'own' | 'none'): Policy => {
  const policy = policyOf()
  return { ...policy, projects: policy.projects.map((project) => ({ ...project, cve })) }
}
const request: PersonRequest = { verb: 'cve.request', case: CASE, link: 'https://cna.example/requests/7' }
const set: PersonRequest = { verb: 'cve.set', case: CASE, cve: ID }
const reject: PersonRequest = { verb: 'cve.reject', case: CASE, reason: 'it was given twice' }
const prenotify: PersonRequest = { verb: 'prenotify', case: CASE, at: RELEASE, shown }
const ready = (cve: 'form' | 'own' | 'none' = 'form') => new Scenario(using(cve)).untilReady()
const cveOf = ({ world }: Scenario): CaseState['cve'] => world.case?.cve
const disclosed = (cve: 'form' | 'own') => {
  const scenario = ready(cve)
  scenario.does(request, person(ana))
  scenario.does(prenotify, person(ana))
  scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
  scenario.now = RELEASE
  scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
  scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
  return scenario
}
const running = (scenario: Scenario, clock: string) =>
  clocks(scenario.policy, scenario.world).find((one) => one.clock === clock)

describe('a CVE id', () => {
  it('can be requested without a link, which the same command can add', () => {
    const scenario = ready()
    scenario.does({ verb: 'cve.request', case: CASE }, person(ana))
    const since = cveOf(scenario)?.requestedAt
    scenario.wait(DAY)
    expect(scenario.does(request, person(ana))).toEqual(['CveRequested'])
    expect(cveOf(scenario)).toEqual({ requestedAt: since, from: 'form', requestLink: 'https://cna.example/requests/7' })
    expect(scenario.does(request, person(ana))).toEqual([])
  })

  it('is requested before recipients are told', () => {
    const scenario = ready()
    expect(scenario.refused(prenotify, person(ana))).toMatchObject({ gate: 'cve' })
    expect(scenario.does(request, person(ana))).toEqual(['CveRequested'])
    expect(scenario.does(prenotify, person(ana))).toEqual(['ApprovalRequested'])
  })

  it('is not requested if the project uses none or the case is not a vulnerability', () => {
    expect(ready('none').does(prenotify, person(ana))).toEqual(['ApprovalRequested'])
    const scenario = ready()
    scenario.does(
      { verb: 'triage', case: CASE, disposition: 'defense-in-depth', reason: 'no border is crossed' },
      person(ana),
    )
    expect(scenario.does(prenotify, person(ana))).toEqual(['ApprovalRequested'])
  })

  it('does not delay publication while it is pending', () => {
    const scenario = disclosed('form')
    expect(scenario.world.case?.cs.public).toBe(RELEASE)
    expect(cveOf(scenario)?.id).toBeUndefined()
  })

  it('is recorded only once when two people give the same command', () => {
    const scenario = ready()
    scenario.does(request, person(ana))
    expect(scenario.does(request, person(ben))).toEqual([])
    expect(scenario.does(set, person(ana))).toEqual(['CveAssigned'])
    expect(scenario.does(set, person(ben))).toEqual([])
    expect(scenario.does(request, person(ben))).toEqual([])
    expect(cveOf(scenario)).toMatchObject({ id: ID, requestLink: 'https://cna.example/requests/7' })
    expect(scenario.does(reject, person(ana))).toEqual(['CveRejected'])
    expect(scenario.does(reject, person(ben))).toEqual([])
    expect(cveOf(scenario)).toBeUndefined()
  })
})

describe('the reservation of a CVE id', () => {
  const reserve: PersonRequest = { verb: 'cve.request', case: CASE, reserve: true }
  const asked = (cve: 'form' | 'own' = 'own') => {
    const scenario = ready(cve)
    scenario.does(reserve, person(ana))
    return scenario
  }

  it('is part of the request only if the project is its own CNA', () => {
    expect(cveOf(asked())).toMatchObject({ from: 'own', reservation: {} })
    expect(cveOf(asked('form'))).toEqual({ from: 'form', requestedAt: expect.any(Number) })
  })

  it('is skipped if the id was requested by hand', () => {
    const scenario = ready('own')
    scenario.does({ ...request, reserve: true }, person(ana))
    expect(cveOf(scenario)?.reservation).toBeUndefined()
  })

  it('is repeated only after the service refused it', () => {
    const scenario = asked()
    expect(scenario.does(reserve, person(ben))).toEqual([])
    scenario.happens(CASE, { type: 'CveReservationRefused', because: 'The quota is used up.' })
    expect(scenario.does(reserve, person(ben))).toEqual(['CveRequested'])
    expect(cveOf(scenario)?.reservation?.refused).toBeUndefined()
  })

  it('goes to GitHub if the project publishes there, but not if a person publishes', () => {
    const atGitHub = (github: 'publish' | 'prepare'): Policy => {
      const policy = policyOf()
      const product = {
        cve: 'github',
        repository: 'https://github.com/quillmark/quillmark',
        targets: { github },
      } as const
      return { ...policy, projects: policy.projects.map((project) => ({ ...project, ...product })) }
    }
    const published = new Scenario(atGitHub('publish')).untilReady()
    published.does(reserve, person(ana))
    expect(cveOf(published)).toMatchObject({ from: 'github', reservation: {} })
    const prepared = new Scenario(atGitHub('prepare')).untilReady()
    prepared.does(reserve, person(ana))
    expect(cveOf(prepared)).toEqual({ from: 'github', requestedAt: expect.any(Number) })
  })

  it('starts only after a request to another CNA has ended', () => {
    const scenario = asked('form')
    scenario.policy = using('own')
    expect(scenario.refused(reserve, person(ana))).toMatchObject({
      gate: 'makes-sense',
      because: expect.stringContaining('(form; the project now uses own)'),
      liftedBy: [{ verb: 'cve.reject' }],
    })
    scenario.does(reject, person(ana))
    expect(scenario.does(reserve, person(ana))).toEqual(['CveRequested'])
  })

  it('puts no id of a test instance into a text that is sent', () => {
    const scenario = asked()
    scenario.does({ ...set, reserved: { test: true } }, person(ana))
    for (const leaves of [prenotify, { verb: 'disclose', case: CASE, shown } as const])
      expect(scenario.refused(leaves, person(ana))).toMatchObject({
        gate: 'texts-complete',
        because: expect.stringMatching(/^CVE-1900-0042 is from a test instance/),
        liftedBy: [{ verb: 'cve.reject' }],
      })
    expect(scenario.does(reject, person(ana))).toEqual(['CveRejected'])
    scenario.does(reserve, person(ana))
    expect(scenario.does(prenotify, person(ana))).toEqual(['ApprovalRequested'])
  })
})

describe('the clocks of a CVE id', () => {
  it('run to the request, three weeks before the release that can still be', () => {
    const scenario = ready()
    expect(running(scenario, 'request-cve')).toMatchObject({ about: 'ask for a CVE id' })
    scenario.does(request, person(ana))
    expect(running(scenario, 'request-cve')).toBeUndefined()
    expect(running(ready('none'), 'request-cve')).toBeUndefined()
  })

  it('run from the publication to the record: a day for who assigns their own, and a weekly reminder for others', () => {
    expect(running(disclosed('own'), 'publish-cve')?.due).toBe(RELEASE + DAY)
    expect(running(disclosed('form'), 'publish-cve')?.due).toBe(RELEASE + 7 * DAY)
  })

  const without = (cve: 'form' | 'own' | 'none') => {
    const scenario = ready(cve)
    requestAndApprove(scenario, publicSignal)
    requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: { digest: HASH, blob: BLOB } })
    return scenario
  }

  it('run to the record even if nobody requested an id, until the team says that it gets none', () => {
    const asks = { about: 'get a CVE id and publish its record, or say that the case gets no id' }
    const own = without('own')
    expect(running(own, 'publish-cve')).toMatchObject({ ...asks, due: own.now + DAY })
    expect(running(without('none'), 'publish-cve')).toBeUndefined()

    const scenario = without('form')
    expect(running(scenario, 'publish-cve')).toMatchObject({ ...asks, due: scenario.now + 7 * DAY })
    const { release } = scenario.world
    if (release !== undefined) scenario.happens(release.id, { type: 'Disclosed' })
    scenario.does({ verb: 'close', case: CASE }, person(ana))
    expect(running(scenario, 'publish-cve')).toMatchObject(asks)
    expect(scenario.does(reject, person(ana))).toEqual(['CveRejected'])
    expect(scenario.does(reject, person(ben))).toEqual([])
    expect(running(scenario, 'publish-cve')).toBeUndefined()
    scenario.does(request, person(ana))
    expect(running(scenario, 'publish-cve')).toMatchObject({ about: 'publish the CVE record' })
  })

  it('run to the request in the time that is left, if the release is nearer than an id usually takes', () => {
    const scenario = ready()
    scenario.wait(3 * DAY)
    scenario.does({ verb: 'release.plan', case: CASE, at: later(RELEASE, 7 * DAY) }, person(ana))
    expect(running(scenario, 'request-cve')?.moments.map(({ at, hears }) => [at, hears])).toEqual([
      [later(START, MINUTE), 'owner'],
      [later(RELEASE, 7 * DAY), 'admins'],
    ])
  })

  it('run to the record from our own publication, even if somebody else published first', () => {
    const scenario = ready('own')
    scenario.does(request, person(ana))
    requestAndApprove(scenario, publicSignal)
    scenario.wait(2 * DAY)
    expect(running(scenario, 'publish-cve')).toBeUndefined()
    requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: { digest: HASH, blob: BLOB } })
    expect(running(scenario, 'publish-cve')?.due).toBe(scenario.now + DAY)
  })
})

describe('a mail to the CNA of the project', () => {
  const CNA = 'cna@foundation.example'
  const withCna = (cve: 'other' | 'own'): Policy => {
    const policy = policyOf()
    return { ...policy, projects: policy.projects.map((project) => ({ ...project, cve, cna: { address: CNA } })) }
  }
  const mail: PersonRequest = { verb: 'reply', case: CASE, to: { vendor: CNA }, text: BLOB, sha256: HASH }

  it('is the request for an id the first time, and only a mail afterwards', () => {
    const scenario = new Scenario(withCna('other')).untilReady()
    expect(scenario.does(mail, person(ana))).toEqual(['CveRequested', 'CnaWritten'])
    expect(cveOf(scenario)).toMatchObject({ from: 'other' })
    expect(scenario.does(mail, person(ben))).toEqual([])
    expect(scenario.does({ ...mail, sha256: OTHER_HASH }, person(ben))).toEqual(['CnaWritten'])
  })

  it('needs no further answer once the id from their answer is entered', () => {
    const scenario = new Scenario(withCna('other')).untilReady()
    scenario.does(mail, person(ana))
    scenario.does({
      verb: 'take-in-message',
      case: CASE,
      message: MessageId.parse('mail-cna'),
      from: 'vendor',
      vendor: CNA,
      trust: 'nothing-proven',
      automatic: false,
    })
    expect(unreadOfVendors(scenario.world.case ?? expect.fail('no case'))).toEqual([CNA])
    scenario.does(set, person(ana))
    expect(unreadOfVendors(scenario.world.case ?? expect.fail('no case'))).toEqual([])
  })

  it('waits until a request to another source has ended', () => {
    const scenario = new Scenario(withCna('own')).untilReady()
    scenario.does({ verb: 'cve.request', case: CASE }, person(ana))
    scenario.policy = withCna('other')
    expect(scenario.refused(mail, person(ana))).toMatchObject({
      gate: 'makes-sense',
      liftedBy: [{ verb: 'cve.reject' }],
    })
    scenario.does(reject, person(ana))
    expect(scenario.does(mail, person(ana))).toEqual(['CveRequested', 'CnaWritten'])
  })

  it('is sent only for a case that was found valid, and to the address in the policy', () => {
    expect(new Scenario(withCna('other')).opens().refused(mail, person(ana))).toMatchObject({
      gate: 'validity-decided',
    })
    const elsewhere = new Scenario(withCna('own')).untilReady()
    expect(elsewhere.refused(mail, person(ana)).because).toBe(`Nothing was forwarded to ${CNA}.`)
  })
})
