import { CveId, DAY, HOUR, later, MINUTE } from '@embargo/core'
import type { Policy } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import type { PublicationTarget } from '../../../src/index.ts'
import { OutsideError } from '../../../src/index.ts'
import { createFakeTarget } from '../../fakes/fake-target.ts'
import { CASE, createHouse, policyOf } from '../../house.ts'
import type { House } from '../../house.ts'
import { submit, previewOf } from '../../story.ts'

const ID = CveId.parse('CVE-1900-0042')
const DRAFT = 'https://github.com/quillmark/quillmark/security/advisories/GHSA-2222-3333-4444'

/** A project that publishes at GitHub and gets its ids there. */
function policy(): Policy {
  const team = policyOf()
  const atGitHub = {
    cve: 'github',
    repository: 'https://github.com/quillmark/quillmark',
    targets: { github: 'publish' },
  } as const
  return { ...team, projects: team.projects.map((project) => ({ ...project, ...atGitHub })) }
}

/** A fake GitHub that records its calls, and assigns the id that the test gives it. */
function fakeGitHub() {
  const asked: string[] = []
  const failures: OutsideError[] = []
  const assigned: { id?: CveId } = {}
  const target: PublicationTarget = {
    ...createFakeTarget('github'),
    async cveOf({ opened, asks }) {
      asked.push(`${asks ? 'asked for an id' : 'read'} ${opened}`)
      const failure = failures.shift()
      if (failure !== undefined) throw failure
      return assigned.id
    },
  }
  return { asked, failures, assigned, target }
}

type GitHub = ReturnType<typeof fakeGitHub>

async function accepted(): Promise<House> {
  const house = createHouse({ policy: policy() })
  await house.receive()
  await submit(house, 'ana', { verb: 'ack', case: CASE })
  await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
  return house
}

const request = (house: House) => house.ask('ana', { verb: 'cve.request', case: CASE, reserve: true })
const opens = (house: House) => submit(house, 'ana', { verb: 'done.advisory-opened', case: CASE, link: DRAFT })

async function passes(house: House, { target }: GitHub, ms: number): Promise<void> {
  house.machine.ms += ms
  await house.drain(['github'], { targets: new Map([['github', target]]) })
}

const cveEvents = (house: House) => house.events().filter((type) => type.startsWith('Cve') || type.startsWith('Effect'))

describe('a request for a CVE id to GitHub', () => {
  it('is logged before it is sent, is made once, and is checked every hour until the id is there', async () => {
    const house = await accepted()
    const github = fakeGitHub()
    await opens(house)
    await request(house)
    expect([cveEvents(house), github.asked]).toEqual([['CveRequested'], []])
    await passes(house, github, 0)
    await passes(house, github, HOUR - 1)
    expect(github.asked).toEqual([`asked for an id ${DRAFT}`])
    for (let hour = 0; hour < 24; hour += 1) await passes(house, github, HOUR)
    expect(github.asked.slice(1)).toEqual(Array.from({ length: 24 }, () => `read ${DRAFT}`))
    expect(cveEvents(house)).toEqual(['CveRequested'])
    github.assigned.id = ID
    await passes(house, github, HOUR)
    expect(cveEvents(house)).toEqual(['CveRequested', 'CveAssigned'])
    const { cve } = await house.caseState()
    expect(cve).toMatchObject({ id: ID, from: 'github' })
    expect(cve?.reserved).toBeUndefined()
    await passes(house, github, HOUR)
    expect(github.asked).toHaveLength(26)
  })

  it('waits until the case has an advisory there', async () => {
    const house = await accepted()
    const github = fakeGitHub()
    await request(house)
    await passes(house, github, HOUR)
    expect(github.asked).toEqual([])
    await opens(house)
    await passes(house, github, 5 * MINUTE)
    expect(github.asked).toEqual([`asked for an id ${DRAFT}`])
  })

  it('waits while people approve texts, because an id that arrives would void what they approve', async () => {
    const house = await accepted()
    const github = fakeGitHub()
    github.assigned.id = ID
    await opens(house)
    await request(house)
    const at = later(house.clock.now(), DAY)
    const waiver = { verb: 'waive', case: CASE, rule: 'notice', at, reason: 'Attacks are near.' } as const
    const { digest, blob } = previewOf(await house.engine.commands.preview(waiver, house.clock.now()))
    await submit(house, 'ana', { ...waiver, shown: { digest, blob } })
    await passes(house, github, HOUR)
    expect(github.asked).toEqual([])
    await submit(house, 'ben', { verb: 'approve.no', case: CASE, reason: 'Ask once more.' })
    await passes(house, github, HOUR)
    expect((await house.caseState()).cve?.id).toBe(ID)
  })

  it('is made again after a lost answer, because GitHub accepts only one', async () => {
    const house = await accepted()
    const github = fakeGitHub()
    github.failures.push(new OutsideError('unknown', 'GitHub did not answer.'))
    await opens(house)
    await request(house)
    await passes(house, github, 0)
    await passes(house, github, MINUTE)
    expect(github.asked).toEqual([`asked for an id ${DRAFT}`, `asked for an id ${DRAFT}`])
    expect(cveEvents(house)).toEqual(['CveRequested'])
  })

  it('that GitHub refuses says why, and can be made again', async () => {
    const house = await accepted()
    const github = fakeGitHub()
    github.failures.push(new OutsideError('refused', 'GitHub refused this (422).'))
    await opens(house)
    await request(house)
    await passes(house, github, 0)
    expect((await house.caseState()).cve?.reservation).toMatchObject({ refused: 'GitHub refused this (422).' })
    await request(house)
    await passes(house, github, 0)
    expect(github.asked).toHaveLength(2)
    expect(cveEvents(house)).toEqual(['CveRequested', 'CveReservationRefused', 'CveRequested'])
  })

  it('ends with `cve reject`, and another request can follow', async () => {
    const house = await accepted()
    const github = fakeGitHub()
    await opens(house)
    await request(house)
    await passes(house, github, 0)
    await submit(house, 'ana', { verb: 'cve.reject', case: CASE, reason: 'Asked for too early.' })
    house.clock.moveTo(later(house.clock.now(), MINUTE))
    await passes(house, github, HOUR)
    expect(github.asked).toHaveLength(1)
    await request(house)
    await passes(house, github, 0)
    expect(github.asked).toEqual([`asked for an id ${DRAFT}`, `asked for an id ${DRAFT}`])
  })
})
