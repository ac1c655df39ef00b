import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOUR, later, MINUTE } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { startHouse } from './publication-house.ts'
import { eachMoment, writes } from './publication-moments.ts'
import { ANNOUNCE, CASE, CVE, FILES, NAME, POSTS, RELEASE, VERSION } from './publication-policy.ts'
import {
  disclose,
  UNTIL,
  untilDisclosed,
  untilFixed,
  untilMailsStopWaiting,
  untilPrenotified,
  WAIT,
} from './publication-steps.ts'

describe('a publication of the running program', () => {
  it('takes a private report from GitHub to disclosure: its advisory, the files, the CVE record, then the mails, each once', async () => {
    await using house = await startHouse()
    const { github, cve, relay, registry, files, published } = house
    const ghsa = await untilPrenotified(house)
    expect(await house.textOf('CVE record')).toContain('"title": "Path traversal')
    await house.requestAndApprove({ verb: 'disclose', case: CASE })
    // The release is approved and its window is open, but nobody can install the fix yet.
    await expect.poll(() => registry.requests.length, WAIT).toBeGreaterThan(1)
    expect([github.state.advisory(ghsa).state, published(), writes(house)]).toEqual(['triage', [], []])
    const moments = eachMoment(house, ghsa)
    registry.versions.add(VERSION)
    expect(await moments.advisory).toEqual(['advisory'])
    expect(await moments.record).toEqual(['advisory', 'file', 'CVE record'])
    expect(await moments.announcement).toEqual(['advisory', 'file', 'CVE record', 'records', 'announcement'])
    expect((await moments.post).at(-1)).toBe('post to oss-security')
    await untilDisclosed(house, RELEASE)

    expect([...github.state.repository(NAME).advisories.keys()]).toEqual([ghsa])
    expect(github.state.advisory(ghsa)).toMatchObject({
      summary: 'Path traversal in Quillmark',
      cve: CVE,
      vulnerabilities: [{ ecosystem: 'npm', name: 'quillmark', range: '< 4.3.0', patched: '4.3.0' }],
    })
    expect(writes(house)).toEqual(['PATCH draft 200', 'PATCH words 200', 'PATCH published 200'])
    expect(cve.calls.filter((call) => !call.startsWith('GET '))).toEqual([
      'POST /api/cve-id?amount=1&cve_year=2026&short_name=quillmark',
      `POST /api/cve/${CVE}/cna`,
    ])
    const csaf = [`csaf/2026/${CASE.toLowerCase()}-vex.json`, `csaf/2026/${CASE.toLowerCase()}.json`]
    expect(readdirSync(files, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual([
      'advisories',
      'advisories/2026',
      `advisories/2026/${CASE}.md`,
      'csaf',
      'csaf/2026',
      ...csaf.flatMap((path) => [path, `${path}.sha256`, `${path}.sha512`]),
      'csaf/changes.csv',
      'csaf/index.txt',
      'osv',
      `osv/x_quillmark-${CASE}.json`,
      'vex',
      `vex/${CASE}.json`,
    ])
    expect(house.recipients()).toEqual([ANNOUNCE, ANNOUNCE, POSTS])
    const link = `https://github.com/${NAME}/security/advisories/${ghsa}`
    const record = JSON.stringify(cve.service.records.get(CVE))
    const osv = readFileSync(join(files, `osv/x_quillmark-${CASE}.json`), 'utf8')
    const mails = relay.mails.slice(1).map(({ text }) => text)
    for (const text of [record, osv, ...mails]) expect(text).toContain(link)
    for (const text of mails) expect(text).toContain(`https://www.cve.org/CVERecord?id=${CVE}`)
    for (const text of [record, osv, readFileSync(join(files, `advisories/2026/${CASE}.md`), 'utf8')])
      expect(text.toLowerCase()).not.toMatch(/draft|invalid/u)
    expect(record).toContain('Path traversal in the template loader of Quillmark.')
  }, 240_000)

  it('announces after 15 minutes if GitHub is down once the fix is public, and publishes there when it is back', async () => {
    await using house = await startHouse()
    const { files, github, cve, published } = house
    const ghsa = await untilPrenotified(house)
    const down = github.faults.next('*', { kind: 'status', status: 503 })
    down.times(1000)
    await disclose(house)
    await expect
      .poll(() => github.state.requests.filter(({ outcome }) => outcome === 'planned 503').length, WAIT)
      .toBeGreaterThan(1)
    expect(published()).toEqual([])
    await untilMailsStopWaiting(house)
    await expect.poll(published, WAIT).toEqual(['file', 'announcement', 'post to oss-security'])
    expect(github.state.advisory(ghsa).state).toBe('triage')
    down.times(0)
    expect(await cve.until(({ records }) => records.has(CVE) && published(), UNTIL)).toContain('advisory')
    await untilDisclosed(house)
    expect(published()).toHaveLength(6)
    const page = `advisories/2026/${CASE}.md`
    const records = [`osv/x_quillmark-${CASE}.json`, `vex/${CASE}.json`, `csaf/2026/${CASE.toLowerCase()}.json`]
    for (const file of [page, ...records]) expect(readFileSync(join(files, file), 'utf8')).toContain(ghsa)
    expect(readFileSync(join(files, page), 'utf8')).toContain(`- CVE record: <https://www.cve.org/CVERecord?id=${CVE}>`)
    expect(writes(house).filter((write) => write.endsWith('200'))).toEqual([
      'PATCH draft 200',
      'PATCH words 200',
      'PATCH published 200',
    ])
    expect(cve.calls.filter((call) => call.startsWith('POST /api/cve/'))).toHaveLength(1)
    expect(house.recipients()).toEqual([ANNOUNCE, ANNOUNCE, POSTS])
  }, 240_000)

  it('announces after 15 minutes if GitHub refuses the advisory because a credited account is closed', async () => {
    await using house = await startHouse()
    const { caseState, submit, github, published } = house
    const ghsa = await untilPrenotified(house, {
      meanwhile: async () => {
        const [report] = (await caseState()).reports
        if (report === undefined) throw new Error('there is no report')
        await submit('ana', {
          verb: 'log-answer.credit',
          case: CASE,
          report: report.id,
          credit: 'named',
          name: 'robin',
        })
      },
    })
    github.closeAccount('robin')
    await disclose(house)
    const parked = async () => (await house.release())?.parked
    await expect
      .poll(parked, WAIT)
      .toMatchObject([{ step: 'github-advisory', because: expect.stringContaining('no account robin') }])
    expect(published()).toEqual([])
    await untilMailsStopWaiting(house)
    await expect.poll(published, WAIT).toEqual(['file', 'announcement', 'post to oss-security'])
    expect(github.state.advisory(ghsa).state).not.toBe('published')
    expect(await parked()).toHaveLength(1)
  }, 240_000)

  it('asks people if a maintainer changed the report at GitHub, and publishes once they entered what is approved', async () => {
    await using house = await startHouse()
    const { submit, github } = house
    const ghsa = await untilPrenotified(house, {
      meanwhile: async () => {
        const [known = ''] = github.state.repository(NAME).advisories.keys()
        github.person('ana').edit(known, { severity: 'critical', cwe_ids: ['CWE-59'] })
      },
    })
    await disclose(house)
    const parked = async () => (await house.release())?.parked
    const told = expect.stringContaining(
      'severity: “critical”, approved “high”. weaknesses: “CWE-59”, approved “CWE-22”.',
    )
    await expect.poll(parked, WAIT).toMatchObject([{ step: 'github-advisory', because: told }])
    expect(github.state.advisory(ghsa)).toMatchObject({
      state: 'draft',
      severity: 'critical',
      cwes: ['CWE-59'],
      description: 'It does.',
    })
    github.person('ana').edit(ghsa, { severity: 'high', cwe_ids: ['CWE-22'] })
    await submit('ana', { verb: 'settle.step', case: CASE, step: 'github-advisory', outcome: 'again' })
    await untilDisclosed(house, RELEASE)
    expect(github.state.advisory(ghsa)).toMatchObject({ state: 'published', summary: 'Path traversal in Quillmark' })
  }, 240_000)

  it('of a release that does not appear asks people after 30 minutes, and nothing is public until it is there', async () => {
    await using house = await startHouse()
    const { clock, program, registry, published } = house
    const ghsa = await untilPrenotified(house)
    await house.requestAndApprove({ verb: 'disclose', case: CASE })
    await expect.poll(() => registry.requests.length, WAIT).toBeGreaterThan(1)
    clock.moveTo(later(RELEASE, 30 * MINUTE))
    const told = async () => {
      const events = await program.engine.queries.history(CASE)
      return events.filter(({ event }) => event.type === 'ReminderDue' && event.clock.startsWith('fixed-versions'))
    }
    await expect.poll(told, WAIT).toHaveLength(1)
    // By this time, any other failing target would have been skipped. But a vulnerability must not become public before
    // its fix can be installed.
    clock.moveTo(later(RELEASE, 2 * HOUR))
    house.passHours(1)
    const before = registry.requests.length
    await expect.poll(() => registry.requests.length, WAIT).toBeGreaterThan(before)
    expect([house.github.state.advisory(ghsa).state, published(), writes(house)]).toEqual(['triage', [], []])
    expect(house.recipients()).toEqual([ANNOUNCE])
    registry.versions.add(VERSION)
    house.passHours(1)
    await untilDisclosed(house)
    expect(published()).toHaveLength(6)
  }, 240_000)

  it('opens no draft at GitHub before the publication begins if nobody opened one', async () => {
    await using house = await startHouse()
    const { caseState, clock, submit, github, registry } = house
    const advisories = () => [...github.state.repository(NAME).advisories.values()]
    await submit('ana', { verb: 'open', case: CASE, project: 'quillmark' })
    await untilFixed(house)
    await submit('ana', { verb: 'confirm', case: CASE, fixed: true })
    await submit('ana', { verb: 'cve.request', case: CASE, reserve: true })
    await expect.poll(async () => (await caseState()).cve?.id, WAIT).toBe(CVE)
    await house.requestAndApprove({ verb: 'prenotify', case: CASE, at: RELEASE })
    await expect.poll(async () => (await house.release())?.headsUpAt, WAIT).toBeDefined()
    clock.moveTo(RELEASE)
    await house.requestAndApprove({ verb: 'disclose', case: CASE })
    await expect.poll(() => registry.requests.length, WAIT).toBeGreaterThan(1)
    expect([advisories(), writes(house)]).toEqual([[], []])
    registry.versions.add(VERSION)
    await untilDisclosed(house, RELEASE)
    expect(advisories()).toMatchObject([{ state: 'published', cve: CVE }])
  }, 240_000)

  it('names the file as the advisory of a project that publishes none at GitHub', async () => {
    await using house = await startHouse({ atGitHub: 'off' })
    const { github, cve, relay, files } = house
    const ghsa = await untilPrenotified(house)
    await disclose(house)
    await untilDisclosed(house, RELEASE)
    const record = JSON.stringify(cve.service.records.get(CVE))
    const osv = readFileSync(join(files, `osv/x_quillmark-${CASE}.json`), 'utf8')
    const mails = relay.mails.slice(1).map(({ text }) => text)
    for (const text of [record, osv, ...mails]) expect(text).toContain(`${FILES}advisories/2026/${CASE}.md`)
    expect([github.state.advisory(ghsa).state, writes(house)]).toEqual(['triage', []])
  }, 240_000)

  it('gets the CVE id from GitHub, for the private report, and asks for it once', async () => {
    await using house = await startHouse({ cve: 'github' })
    const { github, cve, relay } = house
    const ghsa = await untilPrenotified(house)
    expect(github.state.advisory(ghsa)).toMatchObject({ state: 'draft', cve: CVE, cveRequests: ['ana'] })
    await disclose(house)
    await untilDisclosed(house, RELEASE)
    expect(writes(house)).toEqual(['PATCH draft 200', 'POST words 202', 'PATCH words 200', 'PATCH published 200'])
    expect(github.state.advisory(ghsa)).toMatchObject({ state: 'published', cve: CVE })
    expect(cve.calls).toEqual([])
    for (const { text } of relay.mails.slice(1)) expect(text).toContain(CVE)
  }, 240_000)
})
