import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { policyHash, Secret } from '@embargo/config'
import { HOUR } from '@embargo/core'
import type { CaseState, ReleaseState } from '@embargo/core'
import { startCveEmulator } from '@embargo/emulator-cve'
import { startGitHubEmulator } from '@embargo/emulator-github'
import { startSmtpSink } from '@embargo/emulator-smtp'
import type { ReceivedMail } from '@embargo/emulator-smtp'
import { createMovedClock } from '@embargo/testkit'
import { z } from 'zod'
import { configOf, startIn } from '../fixtures/in-process.ts'
import { leaveFolder, newFolder } from '../fixtures/own-folder.ts'
import { startPackageRegistry } from '../fixtures/package-registry.ts'
import { teamOfTwo } from '../fixtures/team-of-two.ts'
import { ANNOUNCE, CASE, FILES, NAME, policyOf, POSTS, REPORTED } from './publication-policy.ts'
import type { PolicyOptions } from './publication-policy.ts'

const TOKEN = 'github_pat_KUMQUATKUMQUATKUMQUAT'
export const SECRET = 'kumquat-kumquat-kumquat'

export const isAnnouncement = (mail: ReceivedMail): boolean =>
  mail.envelopeTo.includes(ANNOUNCE) && mail.header('subject').startsWith('Quillmark 4.3.0 fixes ')
export const isPost = (mail: ReceivedMail): boolean => mail.envelopeTo.includes(POSTS)

/** Starts the program in a folder of its own, with emulated services. Ana and Ben are its team. */
export async function startHouse(options: PolicyOptions = {}) {
  const policy = policyOf(options)
  let offMs = 0
  await using stack = new AsyncDisposableStack()
  const folder = newFolder()
  stack.defer(() => leaveFolder(folder))
  const clock = createMovedClock(REPORTED)
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
  const registry = stack.use(await startPackageRegistry())
  const files = join(folder, 'files')
  mkdirSync(files)
  const config = configOf(folder)
  const program = stack.use(
    await startIn(folder, {
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
      clock,
      monotonic: () => performance.timeOrigin + performance.now() + offMs,
    }),
  )
  const { commands, queries } = program.engine
  const owned = stack.move()
  return {
    ...teamOfTwo(program, policy, clock),
    cveFrom: options.cve ?? 'own',
    clock,
    github,
    cve,
    relay,
    registry,
    files,
    program,
    async caseState(): Promise<CaseState> {
      const state = await queries.state(CASE)
      if (state?.kind !== 'case') throw new Error('there is no case')
      return state
    },
    release: async (): Promise<ReleaseState | undefined> => (await queries.world(CASE))?.release,
    /** Lets hours pass, so that everything that waits for a later attempt is attempted again. */
    passHours(hours: number): void {
      offMs += hours * HOUR
    },
    /**
     * Reserves an id by a direct call to CVE Services. This stands for a person who reserves the id without Embargo.
     */
    async reserveElsewhere(): Promise<string> {
      const headers = { 'CVE-API-ORG': 'quillmark', 'CVE-API-USER': 'embargo', 'CVE-API-KEY': 'KUMQUAT' }
      const query = new URLSearchParams({ amount: '1', cve_year: '2026', short_name: 'quillmark' })
      const answer = await fetch(`${cve.apiUrl}cve-id?${query.toString()}`, { method: 'POST', headers })
      const { cve_ids: ids } = z
        .object({ cve_ids: z.array(z.object({ cve_id: z.string() })) })
        .parse(await answer.json())
      return ids[0]?.cve_id ?? ''
    },
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
    /** The recipient of each mail, in the order in which the mails left. */
    recipients: (): readonly string[] => relay.mails.map((mail) => mail.envelopeTo.join()),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
export type House = Awaited<ReturnType<typeof startHouse>>
