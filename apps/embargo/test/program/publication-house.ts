import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { policyHash, Secret } from '@embargo/config'
import { actorOf, CaseId, CommandId, HOUR, instant, PersonId, Policy, PROFILES } from '@embargo/core'
import type { CaseState, PersonRequest, PolicySource, ReleaseState } from '@embargo/core'
import { startCveEmulator } from '@embargo/emulator-cve'
import { startGitHubEmulator } from '@embargo/emulator-github'
import { startSmtpSink } from '@embargo/emulator-smtp'
import type { ReceivedMail } from '@embargo/emulator-smtp'
import { createMovedClock } from '@embargo/testkit'
import { expect } from 'vitest'
import { z } from 'zod'
import { createLog } from '../../src/program/log.ts'
import { startProgram } from '../../src/program/program.ts'
import { configOf, KEY } from '../fixtures/in-process.ts'

export const NAME = 'quillmark/quillmark'
const TOKEN = 'github_pat_KUMQUATKUMQUATKUMQUAT'
const SECRET = 'kumquat-kumquat-kumquat'
export const ANNOUNCE = 'announce@quillmark.example'
export const POSTS = 'oss-security@lists.example'
export const FILES = 'https://quillmark.example/security/'
export const CASE = CaseId.parse('SEC-2026-0001')
export const CVE = 'CVE-1900-1001'
export const VERSION = '/quillmark/4.3.0'
/** A Monday morning. Three days later a team member may confirm the fix; a week after that is the release. */
const CAME = instant(Date.UTC(2026, 4, 4, 9, 0))
const CHECKED = instant(Date.UTC(2026, 4, 7, 10, 0))
export const RELEASE = instant(Date.UTC(2026, 4, 14, 14, 0))
export const WAIT = { timeout: 60_000 }
export const UNTIL = { timeoutMs: 60_000 }

const policyOf = (
  github: 'publish' | 'off',
  cve: 'own' | 'github',
  others: readonly PolicySource['projects'][number][] = [],
): Policy =>
  Policy.parse({
    ...PROFILES.team,
    projects: [
      {
        id: 'quillmark',
        name: 'Quillmark',
        address: 'security@quillmark.example',
        announce: ANNOUNCE,
        ossSecurity: POSTS,
        cve,
        packages: [{ ecosystem: 'npm', name: 'quillmark' }],
        repository: `https://github.com/${NAME}`,
        vendor: 'Quillmark maintainers',
        publisher: { name: 'Quillmark Security', namespace: 'https://quillmark.example' },
        targets: { versions: 'publish', github, files: 'publish', cve: 'publish' },
      },
      ...others,
    ],
    people: [
      { id: 'ana', name: 'Ana', roles: ['admin', 'team'], osUser: 'ana' },
      { id: 'ben', name: 'Ben', roles: ['team'], osUser: 'ben' },
    ],
    platforms: ['terminal'],
  })

export const isAnnouncement = (mail: ReceivedMail): boolean =>
  mail.envelopeTo.includes(ANNOUNCE) && mail.header('subject').startsWith('Quillmark 4.3.0 fixes ')
export const isPost = (mail: ReceivedMail): boolean => mail.envelopeTo.includes(POSTS)

/**
 * How the registry fails to say whether it has a version: with this error status, with no answer at all (`silent`), or
 * with an answer that breaks off.
 */
export type RegistryFault = number | 'silent' | 'broken'

/** A registry of packages, in which a test can make the fixed version appear. */
async function startRegistry() {
  const there = new Set<string>()
  const asked: string[] = []
  /** The failures that the next requests get. */
  const failures: RegistryFault[] = []
  const shown: (() => void)[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const fault = failures.shift()
    if (fault === 'silent') return
    if (fault === 'broken') {
      response.destroy()
      return
    }
    const status = fault ?? (there.has(request.url ?? '') ? 200 : 404)
    if (status === 200) for (const hear of shown.splice(0)) hear()
    response.writeHead(status).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    there,
    /** Called once, immediately before the fixed version is shown for the first time. */
    onShown: (hear: () => void) => void shown.push(hear),
    failures,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The running program, in which Ana and Ben work, with emulated services. */
export async function startHouse(
  folder: string,
  {
    atGitHub = 'publish',
    cve: source = 'own',
    others,
  }: {
    readonly atGitHub?: 'publish' | 'off'
    readonly cve?: 'own' | 'github'
    /** Other projects of the same foundation. */
    readonly others?: readonly PolicySource['projects'][number][]
  } = {},
) {
  const policy = policyOf(atGitHub, source, others)
  let offMs = 0
  await using stack = new AsyncDisposableStack()
  const clock = createMovedClock(CAME)
  const now = (): number => clock.now()
  const github = stack.use(
    await startGitHubEmulator({
      now,
      repositories: [{ name: NAME, admins: ['ana'] }],
      tokens: [{ token: TOKEN, login: 'ana', permissions: { repository_advisories: 'write' } }],
    }),
  )
  const cve = stack.use(
    await startCveEmulator({
      now,
      organizations: [{ shortName: 'quillmark', quota: 10, users: [{ name: 'embargo', key: 'KUMQUAT' }] }],
    }),
  )
  const relay = stack.use(await startSmtpSink())
  const registry = stack.use(await startRegistry())
  const files = join(folder, 'files')
  mkdirSync(files)
  const config = configOf(folder)
  const program = stack.use(
    await startProgram({
      config: {
        ...config,
        smtp: { ...config.smtp, relay: { host: '127.0.0.1', port: relay.port, tls: 'plain' } },
        policy: { policy, hash: policyHash(policy) },
        github: {
          apiUrl: github.apiUrl,
          login: { is: 'token', token: new Secret(TOKEN) },
          webhook: { secret: new Secret(SECRET), listen: { host: '127.0.0.1', port: 0 } },
        },
        cveServices: {
          instance: 'production',
          organization: 'quillmark',
          user: 'embargo',
          key: new Secret('KUMQUAT'),
          apiUrl: cve.apiUrl,
        },
        publish: { folder: files, url: FILES, registries: { npm: registry.url } },
      },
      secrets: { masterKey: KEY },
      clock,
      monotonic: () => performance.timeOrigin + performance.now() + offMs,
      log: createLog({ write: () => undefined }),
      say: () => undefined,
    }),
  )
  const { commands, queries } = program.engine

  async function does(who: 'ana' | 'ben', request: PersonRequest): Promise<void> {
    const answer = await commands.handle({
      commandId: CommandId.parse(`test:${randomUUID()}`),
      actor: actorOf(policy, 'terminal', who),
      at: clock.now(),
      request,
    })
    if (!answer.ok) throw new Error(`${request.verb}: ${answer.refusal.because}`)
  }
  async function shown(request: Parameters<typeof commands.preview>[0]) {
    const preview = await commands.preview(request, clock.now())
    if ('gate' in preview) throw new Error(`${request.verb}: ${preview.because}`)
    return { digest: preview.digest, blob: preview.blob }
  }
  async function caseState(): Promise<CaseState> {
    const state = await queries.state(CASE)
    if (state?.kind !== 'case') throw new Error('there is no case')
    return state
  }
  const owned = stack.move()
  return {
    source,
    clock,
    github,
    cve,
    relay,
    registry,
    files,
    program,
    does,
    caseState,
    /** Ana requests the command and Ben approves it. Both see a preview first. */
    async bothSayYes(
      request: Extract<PersonRequest, { verb: 'prenotify' | 'disclose' | 'correct' | 'correct.withdraw' }>,
    ): Promise<void> {
      await does('ana', { ...request, shown: await shown(request) })
      const approve = { verb: 'approve', case: request.case } as const
      await does('ben', { ...approve, shown: await shown(approve) })
    },
    /** Lets hours pass, so that everything that waits for a later attempt is attempted again. */
    passesHours(hours: number): void {
      offMs += hours * HOUR
    },
    /** Ana approves what she was shown. Nobody else has to approve it. */
    async anaSaysYes(request: Extract<PersonRequest, { verb: 'correct.cve' }>): Promise<void> {
      await does('ana', { ...request, shown: await shown(request) })
    },
    /** Reserves an id at the service, as a person would do it elsewhere. */
    async reserved(): Promise<string> {
      const headers = { 'CVE-API-ORG': 'quillmark', 'CVE-API-USER': 'embargo', 'CVE-API-KEY': 'KUMQUAT' }
      const query = new URLSearchParams({ amount: '1', cve_year: '2026', short_name: 'quillmark' })
      const answer = await fetch(`${cve.apiUrl}cve-id?${query.toString()}`, { method: 'POST', headers })
      const { cve_ids: ids } = z
        .object({ cve_ids: z.array(z.object({ cve_id: z.string() })) })
        .parse(await answer.json())
      return ids[0]?.cve_id ?? ''
    },
    release: async (): Promise<ReleaseState | undefined> => (await queries.world(CASE))?.release,
    /** A document as people see it before they approve the publication. */
    async textOf(title: string): Promise<string | undefined> {
      const preview = await commands.preview({ verb: 'disclose', case: CASE }, clock.now())
      return 'gate' in preview ? undefined : preview.sections.find((one) => one.title.startsWith(title))?.text
    },
    /** The documents and mails that are public now. */
    published(): readonly string[] {
      const all = {
        advisory: [...github.state.repository(NAME).advisories.values()].some(({ state }) => state === 'published'),
        file: existsSync(join(files, `advisories/2026/${CASE}.md`)),
        'CVE record': cve.service.records.size > 0,
        records: existsSync(join(files, `osv/x_quillmark-${CASE}.json`)) && existsSync(join(files, `vex/${CASE}.json`)),
        announcement: relay.mails.some(isAnnouncement),
        'post to oss-security': relay.mails.some(isPost),
      }
      return Object.entries(all).flatMap(([name, is]) => (is ? [name] : []))
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
export type House = Awaited<ReturnType<typeof startHouse>>

/** Waits for the CVE id. CVE Services gives it at once. GitHub gives it after its staff has checked the request. */
async function getsId(house: House, ghsa: string): Promise<void> {
  const { github } = house
  if (house.source === 'github') {
    await expect.poll(() => github.state.advisory(ghsa).cveRequests, WAIT).toEqual(['ana'])
    github.assignCve(ghsa, CVE)
  }
  const id = async () => {
    // Moves the clock at each look. One move may not be enough: the attempt that sent the request may end after the
    // move, and the next attempt then waits another hour.
    if (house.source === 'github') house.passesHours(1)
    return (await house.caseState()).cve?.id
  }
  await expect.poll(id, WAIT).toBe(CVE)
}

/** Records the facts of a vulnerability, and submits the patch that Ben wrote. */
export async function untilFixed(
  { program, does }: House,
  of: { readonly case: CaseId; readonly branch?: string; readonly fixedVersion: string; readonly component: string },
): Promise<void> {
  const { case: id, branch = 'main', fixedVersion, component } = of
  await does('ana', { verb: 'triage', case: id, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
  const range = { affected: true, range: `< ${fixedVersion}`, fixedVersion } as const
  await does('ana', { verb: 'triage.affects', case: id, branch, ...range })
  await does('ana', { verb: 'assign-patch', case: id, to: PersonId.parse('ben'), branches: [] })
  const patch = new TextEncoder().encode('--- a/loader\n+++ b/loader\n@@ -1 +1 @@\n-open\n+closed\n')
  const kept = await program.engine.commands.putBlob(id, patch)
  await does('ben', { verb: 'patch', case: id, ...kept, fileName: 'fix.patch' })
  const impact = 'By naming a template an attacker may read files.'
  await does('ana', { verb: 'advisory', case: id, component, impact })
}

/** Plays a case from a private report at GitHub until its recipients and the public know the date of the release. */
export async function untilPrenotified(
  house: House,
  withCve = true,
  beforeIt: () => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const { github, program, does, bothSayYes, clock } = house
  await expect.poll(() => github.state.requests.length, WAIT).toBeGreaterThan(0)
  const ghsa = github.person('robin').report(NAME, { summary: 'Rendering reads any file', description: 'It does.' })
  await github.deliver({ url: `http://127.0.0.1:${program.webhookPort ?? 0}/`, secret: SECRET }, ghsa)
  await expect.poll(() => program.engine.queries.state(CASE), WAIT).toBeDefined()
  await does('ana', { verb: 'ack', case: CASE })
  await untilFixed(house, { case: CASE, fixedVersion: '4.3.0', component: 'the template loader' })
  clock.moveTo(CHECKED)
  await does('ana', { verb: 'confirm', case: CASE, fixed: true, note: 'Robin is silent.' })
  // If no id is reserved, the case has no id yet when it is published.
  await does('ana', { verb: 'cve.request', case: CASE, ...(withCve ? { reserve: true } : {}) })
  if (withCve) await getsId(house, ghsa)
  await beforeIt()
  await bothSayYes({ verb: 'prenotify', case: CASE, at: RELEASE })
  await expect.poll(async () => (await house.release())?.headsUpAt, WAIT).toBeDefined()
  clock.moveTo(RELEASE)
  return ghsa
}
