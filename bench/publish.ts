import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { policyHash, Secret } from '@embargo/config'
import { CaseId, instant, PersonId, Policy, PROFILES } from '@embargo/core'
import type { CveId } from '@embargo/core'
import { createCveServices } from '@embargo/cve-services'
import { startCveEmulator } from '@embargo/emulator-cve'
import { startGitHubEmulator } from '@embargo/emulator-github'
import { startSmtpSink } from '@embargo/emulator-smtp'
import { createGitHub } from '@embargo/github'
import { createMovedClock } from '@embargo/testkit'
import { createLog } from '../apps/embargo/src/program/log.ts'
import { startProgram } from '../apps/embargo/src/program/program.ts'
import { teamOfTwo } from '../apps/embargo/test/fixtures/team-of-two.ts'
import { median } from './figure.ts'
import type { Bench } from './figure.ts'

const CASES = 10
const RUNS = 3
/** How long GitHub and CVE Services take to answer. Their speed, not that of Embargo, should limit a publication. */
const ANSWER_MS = 400
const WANTED_BEGIN_MS = 2000
const WANTED_FACTOR = 1.2
/** If the bench waits longer than this, it has found a fault, not a slow machine. */
const PATIENCE_MS = 180_000
const LOOK_MS = 10
const QUIET_MS = 1000

const NAME = 'quillmark/quillmark'
const REPOSITORY = { owner: 'quillmark', name: 'quillmark' }
const TOKEN = 'github_pat_bench'
const CNA = { organization: 'quillmark', user: 'embargo', key: 'a key' }
const BEGAN = instant(Date.UTC(2026, 4, 4, 9))
const RELEASE = instant(Date.UTC(2026, 4, 14, 14))

const POLICY = Policy.parse({
  ...PROFILES.team,
  projects: [
    {
      id: 'quillmark',
      name: 'Quillmark',
      address: 'security@quillmark.example',
      announce: 'announce@quillmark.example',
      ossSecurity: 'oss-security@lists.example',
      cve: 'own',
      packages: [{ ecosystem: 'npm', name: 'quillmark' }],
      repository: `https://github.com/${NAME}`,
      vendor: 'Quillmark maintainers',
      publisher: { name: 'Quillmark Security', namespace: 'https://quillmark.example' },
      targets: { versions: 'publish', github: 'publish', files: 'publish', cve: 'publish' },
    },
  ],
  people: [
    { id: 'ana', name: 'Ana', roles: ['admin', 'team'], osUser: 'ana' },
    { id: 'ben', name: 'Ben', roles: ['team'], osUser: 'ben' },
  ],
  platforms: ['terminal'],
  intake: { lists: 'open', senderDomains: 'off' },
})

/**
 * Publishes a release with ten cases to every target. For comparison, a bare client makes the same calls: first the ten
 * advisories at the same time, then the ten records.
 */
export const publishBench: Bench = {
  name: 'publish',
  async measure() {
    const runs: (Awaited<ReturnType<typeof published>> & { readonly bareMs: number })[] = []
    for (let run = 0; run < RUNS; run += 1) {
      await using outside = await startOutside()
      const times = await published(outside)
      await using again = await startOutside()
      runs.push({ ...times, bareMs: await bare(again) })
    }
    const beginsMs = median(runs.map((run) => run.beginsMs))
    const factor = Math.round(100 * median(runs.map(({ endsMs, bareMs }) => endsMs / bareMs))) / 100
    const what = `a publication of ${CASES} cases to all targets, at a load of ${loadavg()[0]?.toFixed(1)}`
    return [
      {
        work: `${what}, until its first public step begins`,
        value: Math.round(beginsMs),
        unit: 'ms',
        runs: RUNS,
        target: `at most ${WANTED_BEGIN_MS} ms`,
        met: beginsMs <= WANTED_BEGIN_MS,
      },
      {
        work: `${what}, until its last step has ended`,
        value: Math.round(median(runs.map(({ endsMs }) => endsMs))),
        unit: 'ms',
        runs: RUNS,
        target: `at most ${WANTED_FACTOR} times the bare client, now ${factor} times`,
        met: factor <= WANTED_FACTOR,
        beside: {
          what: 'a bare client that makes the same calls',
          value: Math.round(median(runs.map(({ bareMs }) => bareMs))),
          unit: 'ms',
        },
      },
    ]
  },
}

type Outside = Awaited<ReturnType<typeof startOutside>>

/** GitHub, CVE Services, a registry that has every version, and a mail server. */
async function startOutside() {
  await using stack = new AsyncDisposableStack()
  const github = stack.use(
    await startGitHubEmulator({
      repositories: [{ name: NAME, admins: ['ana'] }],
      tokens: [{ token: TOKEN, login: 'ana', permissions: { repository_advisories: 'write', contents: 'read' } }],
    }),
  )
  const cve = stack.use(
    await startCveEmulator({
      organizations: [{ shortName: CNA.organization, quota: 100, users: [{ name: CNA.user, key: CNA.key }] }],
    }),
  )
  const relay = stack.use(await startSmtpSink())
  const registry = createServer((_request, response) => void response.writeHead(200).end('{}'))
  stack.defer(() => void registry.close())
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve))
  const address = registry.address()
  if (address === null || typeof address === 'string') throw new Error('the registry has no port')
  const folder = mkdtempSync(join(tmpdir(), 'embargo-publish-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'files'))
  const owned = stack.move()
  return {
    github,
    cve,
    relay,
    registryUrl: `http://127.0.0.1:${address.port}`,
    folder,
    /** From now on, every answer takes `ANSWER_MS`. */
    slows(): void {
      github.faults.next('*', { kind: 'hang', ms: ANSWER_MS }).times(Number.POSITIVE_INFINITY)
      for (let call = 0; call < CASES; call += 1)
        for (const kind of ['read-id', 'read-record', 'publish'] as const)
          cve.faults.next(kind, { is: 'hang', ms: ANSWER_MS })
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function published(outside: Outside): Promise<{ readonly beginsMs: number; readonly endsMs: number }> {
  const { github, cve, relay, registryUrl, folder } = outside
  const clock = createMovedClock(BEGAN)
  await using program = await startProgram({
    config: {
      dataFolder: folder,
      database: { is: 'sqlite', file: join(folder, 'embargo.db') },
      masterKey: { is: 'given', key: KEY },
      smtp: {
        listen: { host: '127.0.0.1', port: 0 },
        relay: { host: '127.0.0.1', port: relay.port, tls: 'plain' },
      },
      capabilities: new Set(['terminal', 'mail', 'clock']),
      policy: { policy: POLICY, hash: policyHash(POLICY) },
      notices: [],
      github: { apiUrl: github.apiUrl, login: { is: 'token', token: new Secret(TOKEN) } },
      cveServices: { ...CNA, key: new Secret(CNA.key), instance: 'production', apiUrl: cve.apiUrl },
      publish: { folder: join(folder, 'files'), registries: { npm: registryUrl } },
    },
    secrets: { masterKey: KEY },
    clock,
    log: createLog({ write: () => undefined }),
    say: () => undefined,
  })
  const { commands, queries } = program.engine

  const { submit, preview, requestAndApprove } = teamOfTwo(program, POLICY, clock)
  const releaseOf = async (id: CaseId) => (await queries.world(id))?.release

  const cases = Array.from({ length: CASES }, (_, at) => CaseId.parse(`SEC-2026-${String(at + 1).padStart(4, '0')}`))
  for (const [at, id] of cases.entries()) {
    await submit('ana', { verb: 'open', case: id, project: 'quillmark' })
    await submit('ana', { verb: 'triage', case: id, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
    const range = { affected: true, range: '< 4.3.0', fixedVersion: '4.3.0' } as const
    await submit('ana', { verb: 'triage.affects', case: id, branch: 'main', ...range })
    await submit('ana', { verb: 'assign-patch', case: id, to: PersonId.parse('ben'), branches: [] })
    const kept = await commands.putBlob(id, new TextEncoder().encode(`--- a/loader${at}\n+++ b/loader${at}\n`))
    await submit('ben', { verb: 'patch', case: id, ...kept, fileName: 'fix.patch' })
    const impact = 'By naming a template an attacker may read files.'
    await submit('ana', { verb: 'advisory', case: id, component: `template loader ${at + 1}`, impact })
    await submit('ana', { verb: 'confirm', case: id, fixed: true })
    await submit('ana', { verb: 'cve.request', case: id, reserve: true })
    await until(async () => {
      const state = await queries.state(id)
      return state?.kind === 'case' && state.cve?.id !== undefined
    })
  }
  const [first] = cases
  if (first === undefined) throw new Error('there is no case')
  await submit('ana', { verb: 'release.plan', case: first, at: RELEASE })
  const release = await releaseOf(first)
  if (release === undefined) throw new Error('there is no release')
  for (const id of cases.slice(1)) await submit('ana', { verb: 'release.add', case: id, release: release.id })
  await requestAndApprove({ verb: 'prenotify', case: first, at: RELEASE })
  await until(async () => (await releaseOf(first))?.headsUpAt !== undefined)
  clock.moveTo(RELEASE)
  await quiet(async () => {
    const states = await Promise.all(cases.map((id) => queries.state(id)))
    return states.map((state) => state?.version).join()
  })
  const asked = await preview({ verb: 'disclose', case: first })
  await submit('ana', { verb: 'disclose', case: first, shown: asked })
  const approve = { verb: 'approve', case: first } as const
  const seen = await preview(approve)
  outside.slows()
  const writes = (): number => github.state.requests.filter(({ route }) => !route.startsWith('GET ')).length
  const writesBefore = writes()
  const from = performance.now()
  await submit('ben', { ...approve, shown: seen })
  let beginsMs = Number.NaN
  await until(async () => {
    if (Number.isNaN(beginsMs) && writes() > writesBefore) beginsMs = performance.now() - from
    return (await releaseOf(first))?.disclosedAt !== undefined
  })
  const endsMs = performance.now() - from
  const there = [...github.state.repository(NAME).advisories.values()].filter(({ state }) => state === 'published')
  if (there.length !== CASES || cve.service.records.size !== CASES) throw new Error('not everything was published')
  return { beginsMs, endsMs }
}

/** Only calls the targets. It sends them the documents that the program wrote before. */
async function bare(outside: Outside): Promise<number> {
  const { github, cve } = outside
  const host = createGitHub({ apiUrl: github.apiUrl, login: { is: 'token', token: TOKEN } })
  const registry = createCveServices({ ...CNA, instance: 'production', apiUrl: cve.apiUrl })
  const ids: CveId[] = []
  for (let one = 0; one < CASES; one += 1) ids.push((await registry.reserve(2026)).id)
  outside.slows()
  const from = performance.now()
  await Promise.all(
    ids.map(async (id, at) => {
      const document = JSON.stringify(advisoryOf(id, at))
      const publishedSince = instant(Date.now())
      const opened = await host.open({ repository: REPOSITORY, document, known: [], lookUp: true, publishedSince })
      await host.publish({ repository: REPOSITORY, ghsa: opened.ghsa, document, seen: opened.revision })
    }),
  )
  await Promise.all(
    ids.map(async (id) => {
      await registry.find(id)
      await registry.publish(id, RECORD)
    }),
  )
  return performance.now() - from
}

const advisoryOf = (cve: string, at: number) => ({
  summary: `Path traversal in Quillmark ${at + 1}`,
  description: 'By naming a template an attacker may read files.',
  severity: 'high',
  cve_id: cve,
  cwe_ids: ['CWE-22'],
  vulnerabilities: [
    {
      package: { ecosystem: 'npm', name: 'quillmark' },
      vulnerable_version_range: '< 4.3.0',
      patched_versions: '4.3.0',
    },
  ],
})

const RECORD = {
  affected: [
    { vendor: 'Quillmark maintainers', product: 'Quillmark', versions: [{ version: '0', status: 'affected' }] },
  ],
  descriptions: [{ lang: 'en', value: 'Path traversal in Quillmark.' }],
  references: [{ url: 'https://quillmark.example/security' }],
  problemTypes: [{ descriptions: [{ lang: 'en', description: 'CWE-22' }] }],
}

const KEY = new Secret<Uint8Array>(new Uint8Array(32).fill(7))

/**
 * Waits until nothing changes any more. When the clock has jumped by days, the reminders of all these days come at
 * once, and they must not overlap with the measured publication.
 */
async function quiet(look: () => Promise<string>): Promise<void> {
  let before = ''
  await until(async () => {
    const now = await look()
    const isSame = now === before
    before = now
    if (!isSame) await pause(QUIET_MS)
    return isSame
  })
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const from = performance.now()
  while (!(await isSo())) {
    if (performance.now() - from > PATIENCE_MS) throw new Error('it takes too long')
    await pause(LOOK_MS)
  }
}
