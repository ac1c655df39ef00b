import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOUR, later, MINUTE } from '@embargo/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ANNOUNCE,
  CASE,
  CVE,
  FILES,
  isAnnouncement,
  isPost,
  NAME,
  POSTS,
  RELEASE,
  startHouse,
  UNTIL,
  untilFixed,
  untilPrenotified,
  VERSION,
  WAIT,
} from './publication-house.ts'
import type { House } from './publication-house.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embargo-publication-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/**
 * For the advisory, the CVE record and each public mail: what was already public at the moment at which it appeared.
 */
const eachMoment = ({ github, cve, relay, published }: House, ghsa: string) => ({
  advisory: github.until((state) => state.advisory(ghsa).state === 'published' && published(), UNTIL),
  record: cve.until(({ records }) => records.size > 0 && published(), UNTIL),
  announcement: relay.untilAll((mails) => mails.some(isAnnouncement) && published(), UNTIL),
  post: relay.untilAll((mails) => mails.some(isPost) && published(), UNTIL),
})

const writes = ({ github }: House): readonly string[] =>
  github.state.requests
    .filter(({ route }) => !route.startsWith('GET '))
    .map(({ route, body, outcome }) => `${route.split(' ')[0]} ${String(body['state'] ?? 'words')} ${outcome}`)

describe('a publication of the running program', () => {
  it('takes a private report from GitHub to disclosure: its advisory, the files, the CVE record, then the mails, each once', async () => {
    await using house = await startHouse(folder)
    const { github, cve, relay, registry, files, published } = house
    const ghsa = await untilPrenotified(house)
    expect(await house.textOf('CVE record')).toContain('"title": "Path traversal')
    await house.bothSayYes({ verb: 'disclose', case: CASE })
    // The release is approved and its window is open, but nobody can install the fix yet.
    await expect.poll(() => registry.asked.length, WAIT).toBeGreaterThan(1)
    expect([github.state.advisory(ghsa).state, published(), writes(house)]).toEqual(['triage', [], []])
    const moments = eachMoment(house, ghsa)
    registry.there.add(VERSION)
    expect(await moments.advisory).toEqual(['advisory'])
    expect(await moments.record).toEqual(['advisory', 'file', 'CVE record'])
    expect(await moments.announcement).toEqual(['advisory', 'file', 'CVE record', 'records', 'announcement'])
    expect((await moments.post).at(-1)).toBe('post to oss-security')
    await expect.poll(async () => (await house.release())?.disclosedAt, WAIT).toBe(RELEASE)

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
    expect(relay.mails.map((mail) => mail.envelopeTo.join())).toEqual([ANNOUNCE, ANNOUNCE, POSTS])
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
    await using house = await startHouse(folder)
    const { clock, files, github, cve, relay, registry, published } = house
    const ghsa = await untilPrenotified(house)
    const down = github.faults.next('*', { kind: 'status', status: 503 })
    down.times(1000)
    registry.there.add(VERSION)
    await house.bothSayYes({ verb: 'disclose', case: CASE })
    await expect
      .poll(() => github.state.requests.filter(({ outcome }) => outcome === 'planned 503').length, WAIT)
      .toBeGreaterThan(1)
    expect(published()).toEqual([])
    clock.moveTo(later(RELEASE, 15 * MINUTE))
    await relay.until(isAnnouncement, UNTIL)
    await relay.until(isPost, UNTIL)
    await expect.poll(published, WAIT).toEqual(['file', 'announcement', 'post to oss-security'])
    expect(github.state.advisory(ghsa).state).toBe('triage')
    down.times(0)
    expect(await cve.until(({ records }) => records.has(CVE) && published(), UNTIL)).toContain('advisory')
    await expect.poll(async () => (await house.release())?.disclosedAt, WAIT).toBeDefined()
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
    expect(relay.mails.map((mail) => mail.envelopeTo.join())).toEqual([ANNOUNCE, ANNOUNCE, POSTS])
  }, 240_000)

  it('announces after 15 minutes if GitHub refuses the advisory because a credited account is closed', async () => {
    await using house = await startHouse(folder)
    const { caseState, clock, does, github, relay, registry, published } = house
    const ghsa = await untilPrenotified(house, true, async () => {
      const [report] = (await caseState()).reports
      if (report === undefined) throw new Error('there is no report')
      await does('ana', { verb: 'log-answer.credit', case: CASE, report: report.id, credit: 'named', name: 'robin' })
    })
    github.closeAccount('robin')
    registry.there.add(VERSION)
    await house.bothSayYes({ verb: 'disclose', case: CASE })
    const parked = async () => (await house.release())?.parked
    await expect
      .poll(parked, WAIT)
      .toMatchObject([{ step: 'github-advisory', because: expect.stringContaining('no account robin') }])
    expect(published()).toEqual([])
    clock.moveTo(later(RELEASE, 15 * MINUTE))
    await relay.until(isAnnouncement, UNTIL)
    await relay.until(isPost, UNTIL)
    await expect.poll(published, WAIT).toEqual(['file', 'announcement', 'post to oss-security'])
    expect(github.state.advisory(ghsa).state).not.toBe('published')
    expect(await parked()).toHaveLength(1)
  }, 240_000)

  it('asks people if a maintainer changed the report at GitHub, and publishes once they entered what is approved', async () => {
    await using house = await startHouse(folder)
    const { does, github, registry } = house
    const ghsa = await untilPrenotified(house, true, async () => {
      const [known = ''] = github.state.repository(NAME).advisories.keys()
      github.person('ana').edit(known, { severity: 'critical', cwe_ids: ['CWE-59'] })
    })
    registry.there.add(VERSION)
    await house.bothSayYes({ verb: 'disclose', case: CASE })
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
    await does('ana', { verb: 'settle.step', case: CASE, step: 'github-advisory', outcome: 'again' })
    await expect.poll(async () => (await house.release())?.disclosedAt, WAIT).toBe(RELEASE)
    expect(github.state.advisory(ghsa)).toMatchObject({ state: 'published', summary: 'Path traversal in Quillmark' })
  }, 240_000)

  it('of a release that does not appear asks people after 30 minutes, and nothing is public until it is there', async () => {
    await using house = await startHouse(folder)
    const { clock, program, registry, published, relay } = house
    const ghsa = await untilPrenotified(house)
    await house.bothSayYes({ verb: 'disclose', case: CASE })
    await expect.poll(() => registry.asked.length, WAIT).toBeGreaterThan(1)
    clock.moveTo(later(RELEASE, 30 * MINUTE))
    const told = async () => {
      const events = await program.engine.queries.history(CASE)
      return events.filter(({ event }) => event.type === 'ReminderDue' && event.clock.startsWith('fixed-versions'))
    }
    await expect.poll(told, WAIT).toHaveLength(1)
    // By this time, any other failing target would have been skipped. But a vulnerability must not become public before
    // its fix can be installed.
    clock.moveTo(later(RELEASE, 2 * HOUR))
    house.passesHours(1)
    const before = registry.asked.length
    await expect.poll(() => registry.asked.length, WAIT).toBeGreaterThan(before)
    expect([house.github.state.advisory(ghsa).state, published(), writes(house)]).toEqual(['triage', [], []])
    expect(relay.mails.map((mail) => mail.envelopeTo.join())).toEqual([ANNOUNCE])
    registry.there.add(VERSION)
    house.passesHours(1)
    await expect.poll(async () => (await house.release())?.disclosedAt, WAIT).toBeDefined()
    expect(published()).toHaveLength(6)
  }, 240_000)

  it('opens no draft at GitHub before the publication begins if nobody opened one', async () => {
    await using house = await startHouse(folder)
    const { caseState, clock, does, github, registry } = house
    const advisories = () => [...github.state.repository(NAME).advisories.values()]
    await does('ana', { verb: 'open', case: CASE, project: 'quillmark' })
    await untilFixed(house, { case: CASE, fixedVersion: '4.3.0', component: 'the template loader' })
    await does('ana', { verb: 'confirm', case: CASE, fixed: true })
    await does('ana', { verb: 'cve.request', case: CASE, reserve: true })
    await expect.poll(async () => (await caseState()).cve?.id, WAIT).toBe(CVE)
    await house.bothSayYes({ verb: 'prenotify', case: CASE, at: RELEASE })
    await expect.poll(async () => (await house.release())?.headsUpAt, WAIT).toBeDefined()
    clock.moveTo(RELEASE)
    await house.bothSayYes({ verb: 'disclose', case: CASE })
    await expect.poll(() => registry.asked.length, WAIT).toBeGreaterThan(1)
    expect([advisories(), writes(house)]).toEqual([[], []])
    registry.there.add(VERSION)
    await expect.poll(async () => (await house.release())?.disclosedAt, WAIT).toBe(RELEASE)
    expect(advisories()).toMatchObject([{ state: 'published', cve: CVE }])
  }, 240_000)

  it('names the file as the advisory of a project that publishes none at GitHub', async () => {
    await using house = await startHouse(folder, { atGitHub: 'off' })
    const { github, cve, relay, registry, files } = house
    const ghsa = await untilPrenotified(house)
    registry.there.add(VERSION)
    await house.bothSayYes({ verb: 'disclose', case: CASE })
    await expect.poll(async () => (await house.release())?.disclosedAt, WAIT).toBe(RELEASE)
    const record = JSON.stringify(cve.service.records.get(CVE))
    const osv = readFileSync(join(files, `osv/x_quillmark-${CASE}.json`), 'utf8')
    const mails = relay.mails.slice(1).map(({ text }) => text)
    for (const text of [record, osv, ...mails]) expect(text).toContain(`${FILES}advisories/2026/${CASE}.md`)
    expect([github.state.advisory(ghsa).state, writes(house)]).toEqual(['triage', []])
  }, 240_000)

  it('gets the CVE id from GitHub, for the private report, and asks for it once', async () => {
    await using house = await startHouse(folder, { cve: 'github' })
    const { github, cve, relay, registry } = house
    const ghsa = await untilPrenotified(house)
    expect(github.state.advisory(ghsa)).toMatchObject({ state: 'draft', cve: CVE, cveRequests: ['ana'] })
    registry.there.add(VERSION)
    await house.bothSayYes({ verb: 'disclose', case: CASE })
    await expect.poll(async () => (await house.release())?.disclosedAt, WAIT).toBe(RELEASE)
    expect(writes(house)).toEqual(['PATCH draft 200', 'POST words 202', 'PATCH words 200', 'PATCH published 200'])
    expect(github.state.advisory(ghsa)).toMatchObject({ state: 'published', cve: CVE })
    expect(cve.calls).toEqual([])
    for (const { text } of relay.mails.slice(1)) expect(text).toContain(CVE)
  }, 240_000)
})

const PATCH = 'PATCH /repos/{owner}/{repo}/security-advisories/{ghsa_id}'

/** Each fault hits one call to one target. The three writes to GitHub accept the report, set the texts, and publish. */
const FAULTS: readonly (readonly [string, (house: House) => void])[] = [
  ...[1, 2, 3].map(
    (nth) =>
      [
        `GitHub does not answer write ${nth} of the advisory`,
        ({ github }: House) => {
          github.faults.next(PATCH, { kind: 'hang', ms: 0 }).times(nth - 1)
          github.faults.next(PATCH, { kind: 'lose-answer' })
        },
      ] as const,
  ),
  ['GitHub does not get the first write', ({ github }) => void github.faults.next(PATCH, { kind: 'lose-request' })],
  ['GitHub fails at the first write', ({ github }) => void github.faults.next(PATCH, { kind: 'status', status: 502 })],
  [
    'GitHub limits the rate',
    ({ github }) => void github.faults.next(PATCH, { kind: 'rate-limited', limit: 'secondary', seconds: 1 }),
  ],
  ['CVE Services does not answer the record', ({ cve }) => cve.faults.next('publish', { is: 'lose-answer' })],
  ['CVE Services does not get the record', ({ cve }) => cve.faults.next('publish', { is: 'lose-request' })],
  ['CVE Services fails', ({ cve }) => cve.faults.next('publish', { is: 'status', status: 503 })],
  ['the registry fails', ({ registry }) => registry.failures.push(503)],
]

describe('a publication to a target that fails once', () => {
  it.each(FAULTS)(
    'is complete in the end, with nothing published twice or too early: %s',
    async (_name, fails) => {
      await using house = await startHouse(folder)
      const { github, cve, relay, registry, published } = house
      const ghsa = await untilPrenotified(house)
      const moments = eachMoment(house, ghsa)
      fails(house)
      registry.there.add(VERSION)
      await house.bothSayYes({ verb: 'disclose', case: CASE })
      expect(await moments.advisory).toEqual(['advisory'])
      await expect.poll(async () => (await house.release())?.disclosedAt, WAIT).toBe(RELEASE)
      expect(published()).toHaveLength(6)
      expect([...github.state.repository(NAME).advisories.keys()]).toEqual([ghsa])
      expect(writes(house).filter((write) => write === 'PATCH published 200').length).toBeLessThanOrEqual(1)
      expect([cve.service.ids.size, cve.service.records.size]).toEqual([1, 1])
      expect(relay.mails.map((mail) => mail.envelopeTo.join())).toEqual([ANNOUNCE, ANNOUNCE, POSTS])
    },
    240_000,
  )
})

/** What is wrong with the folder, and how the operator mends it. */
const FOLDER_FAULTS: readonly (readonly [string, (files: string) => () => void])[] = [
  [
    'a file is where the folder was',
    (files) => {
      rmSync(files, { recursive: true })
      writeFileSync(files, '')
      return () => {
        rmSync(files)
        mkdirSync(files)
      }
    },
  ],
  [
    'a file is where one of its folders was',
    (files) => {
      writeFileSync(join(files, 'advisories'), '')
      return () => rmSync(join(files, 'advisories'))
    },
  ],
  [
    'another program died and left the lock of its Git working copy',
    (files) => {
      const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: files })
      git('init', '--quiet')
      git('config', 'user.name', 'Embargo')
      git('config', 'user.email', 'embargo@quillmark.example')
      writeFileSync(join(files, '.git/index.lock'), '')
      return () => rmSync(join(files, '.git/index.lock'))
    },
  ],
]

describe('a publication to a folder that cannot be written', () => {
  it.each(FOLDER_FAULTS)(
    'does not hold up the mails for longer than 15 minutes, and is complete once the folder is mended: %s',
    async (_name, fails) => {
      await using house = await startHouse(folder)
      const { clock, github, cve, relay, registry, published } = house
      const ghsa = await untilPrenotified(house)
      const mend = fails(house.files)
      registry.there.add(VERSION)
      await house.bothSayYes({ verb: 'disclose', case: CASE })
      await github.until((state) => state.advisory(ghsa).state === 'published', UNTIL)
      clock.moveTo(later(RELEASE, 15 * MINUTE))
      await relay.until(isAnnouncement, UNTIL)
      await relay.until(isPost, UNTIL)
      expect((await house.release())?.disclosedAt).toBeUndefined()
      mend()
      house.passesHours(1)
      await expect.poll(async () => (await house.release())?.disclosedAt, WAIT).toBeDefined()
      expect(published()).toHaveLength(6)
      expect([cve.service.ids.size, cve.service.records.size]).toEqual([1, 1])
      expect(relay.mails.map((mail) => mail.envelopeTo.join())).toEqual([ANNOUNCE, ANNOUNCE, POSTS])
    },
    240_000,
  )
})
