import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CveId, later, MINUTE } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { startHouse } from './publication-house.ts'
import type { House } from './publication-house.ts'
import { ANNOUNCE, CASE, CVE, POSTS, RELEASE } from './publication-policy.ts'
import { disclose, UNTIL, untilDisclosed, untilPrenotified, WAIT } from './publication-steps.ts'

const NEXT_DAY = later(RELEASE, 24 * 60 * MINUTE)
const CSAF = `csaf/2026/${CASE.toLowerCase()}.json`
const BOTH = '4.1 is affected too.'

/** Plays until the case is public everywhere, then lets a day pass. */
async function untilPublished(house: House, options?: { readonly withCve: boolean }): Promise<string> {
  const ghsa = await untilPrenotified(house, options)
  await disclose(house)
  await untilDisclosed(house, RELEASE)
  house.clock.moveTo(NEXT_DAY)
  return ghsa
}

const fileIn = ({ files }: House, name: string): string => readFileSync(join(files, name), 'utf8')

const writesAtGitHub = ({ github }: House): readonly string[] =>
  github.state.requests
    .filter(({ route }) => !route.startsWith('GET '))
    .map(({ route, outcome }) => `${route.split(' ')[0]} ${outcome}`)

const writesAtCve = ({ cve }: House): readonly string[] => cve.calls.filter((call) => !call.startsWith('GET '))

const wrongRange = {
  verb: 'correct',
  case: CASE,
  reason: BOTH,
  changes: { branches: [{ branch: 'main', affected: true, range: '>= 4.1, < 4.3.0' }] },
  tell: 'everybody',
} as const

describe('a wrong range corrected', () => {
  it('goes into every record once, as its next revision, and the lists that got the wrong range get the correction', async () => {
    await using house = await startHouse()
    const { github, cve, relay } = house
    const ghsa = await untilPublished(house)
    const before = { mails: relay.mails.length, github: writesAtGitHub(house).length, cve: writesAtCve(house).length }
    await house.requestAndApprove(wrongRange)
    await untilDisclosed(house, NEXT_DAY)

    expect(github.state.advisory(ghsa)).toMatchObject({
      state: 'published',
      vulnerabilities: [{ ecosystem: 'npm', name: 'quillmark', range: '>= 4.1, < 4.3.0', patched: '4.3.0' }],
    })
    expect(writesAtGitHub(house).slice(before.github)).toEqual(['PATCH 200'])
    expect(writesAtCve(house).slice(before.cve)).toEqual([`PUT /api/cve/${CVE}/cna`])
    expect(JSON.stringify(cve.service.records.get(CVE))).toContain('4.1')
    const osv = JSON.parse(fileIn(house, `osv/x_quillmark-${CASE}.json`))
    expect(osv).toMatchObject({
      modified: new Date(NEXT_DAY).toISOString(),
      published: new Date(RELEASE).toISOString(),
      affected: [{ ranges: [{ events: [{ introduced: '4.1' }, { fixed: '4.3.0' }] }] }],
    })
    expect(JSON.parse(fileIn(house, `vex/${CASE}.json`))).toMatchObject({
      version: 2,
      timestamp: new Date(RELEASE).toISOString(),
      last_updated: new Date(NEXT_DAY).toISOString(),
    })
    expect(fileIn(house, `advisories/2026/${CASE}.md`)).toContain('>= 4.1, < 4.3.0')
    const mails = relay.mails.slice(before.mails)
    expect(mails.map((mail) => mail.envelopeTo.join()).toSorted()).toEqual([ANNOUNCE, POSTS])
    for (const mail of mails) {
      expect(mail.header('subject')).toContain(`Correction: Quillmark security advisory (${CVE})`)
      expect(mail.text).toContain(BOTH)
    }
    expect(JSON.parse(fileIn(house, CSAF))).toMatchObject({
      document: {
        tracking: {
          version: '2',
          status: 'final',
          revision_history: [{ summary: 'First publication' }, { summary: BOTH }],
        },
      },
    })
    expect(fileIn(house, 'csaf/changes.csv')).toContain(new Date(NEXT_DAY).toISOString())
  }, 240_000)

  it('overwrites nothing that somebody else has changed, and tells the lists while that step waits', async () => {
    await using house = await startHouse()
    const { clock, github, relay } = house
    const ghsa = await untilPublished(house)
    github.person('ana').edit(ghsa, { summary: 'Ana’s own words' })
    writeFileSync(join(house.files, `advisories/2026/${CASE}.md`), 'mine')
    const mails = relay.mails.length
    await house.requestAndApprove(wrongRange)
    await expect.poll(async () => (await house.release())?.parked.length, WAIT).toBeGreaterThan(0)
    clock.moveTo(later(NEXT_DAY, 15 * MINUTE))
    await relay.until((mail) => mail.header('subject').includes('Correction'), UNTIL)
    await expect
      .poll(async () => (await house.release())?.parked.map(({ step }) => step), WAIT)
      .toEqual(['github-advisory', 'file-tree'])
    expect(github.state.advisory(ghsa).summary).toBe('Ana’s own words')
    expect(fileIn(house, `advisories/2026/${CASE}.md`)).toBe('mine')
    await expect.poll(() => relay.mails.length, WAIT).toBe(mails + 2)
  }, 240_000)
})

describe('a late CVE id', () => {
  it('goes into every record once one person approves it, and no list gets a mail', async () => {
    await using house = await startHouse()
    const { github, relay } = house
    const ghsa = await untilPublished(house, { withCve: false })
    const mails = relay.mails.length
    expect(house.published()).not.toContain('CVE record')
    const id = CveId.parse(await house.reserveElsewhere())
    await house.request({ verb: 'correct.cve', case: CASE, cve: id, reserved: {} })
    await untilDisclosed(house, NEXT_DAY)

    expect(github.state.advisory(ghsa).cve).toBe(id)
    expect(writesAtCve(house).at(-1)).toBe(`POST /api/cve/${id}/cna`)
    expect(JSON.parse(fileIn(house, `osv/x_quillmark-${CASE}.json`)).aliases).toEqual([ghsa, id])
    expect(JSON.parse(fileIn(house, `vex/${CASE}.json`))).toMatchObject({ version: 2 })
    expect(fileIn(house, `advisories/2026/${CASE}.md`)).toContain(id)
    expect(relay.mails.length).toBe(mails)
  }, 240_000)
})

describe('a record that is withdrawn', () => {
  it('says so everywhere with the reason, and its CVE id is rejected', async () => {
    await using house = await startHouse()
    const { github, cve, relay } = house
    const ghsa = await untilPublished(house)
    const mails = relay.mails.length
    const reason = 'Only files that are public can be read.'
    await house.requestAndApprove({ verb: 'correct.withdraw', case: CASE, reason, tell: 'everybody' })
    await untilDisclosed(house, NEXT_DAY)

    expect(github.state.advisory(ghsa)).toMatchObject({
      state: 'published',
      summary: 'Withdrawn: Path traversal in Quillmark',
    })
    expect(github.state.advisory(ghsa).description).toContain(`### Withdrawn\n\n${reason}`)
    expect(writesAtCve(house).at(-1)).toBe(`PUT /api/cve/${CVE}/reject`)
    expect(JSON.stringify(cve.service.records.get(CVE))).toContain(reason)
    expect(JSON.parse(fileIn(house, `osv/x_quillmark-${CASE}.json`)).withdrawn).toBe(new Date(NEXT_DAY).toISOString())
    expect(JSON.parse(fileIn(house, `vex/${CASE}.json`)).statements).toMatchObject([
      { status: 'not_affected', impact_statement: `The record is withdrawn: ${reason}` },
    ])
    expect(fileIn(house, CSAF)).toContain(`"summary": "Withdrawn: ${reason}"`)
    expect(relay.mails.slice(mails).map((mail) => mail.header('subject'))).toEqual([
      `Withdrawn: Quillmark security advisory (${CVE})`,
      `Withdrawn: Quillmark security advisory (${CVE})`,
    ])
  }, 240_000)
})
