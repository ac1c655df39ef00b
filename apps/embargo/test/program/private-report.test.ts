import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policyHash, Secret } from '@embargo/config'
import { CaseId } from '@embargo/core'
import { startGitHubEmulator } from '@embargo/emulator-github'
import type { GitHubEmulator } from '@embargo/emulator-github'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Program } from '../../src/program/program.ts'
import { systemClock } from '../../src/program/system-clock.ts'
import { configOf, listener, POLICY, startIn } from '../fixtures/in-process.ts'

const NAME = 'quillmark/quillmark'
const TOKEN = 'github_pat_KUMQUATKUMQUATKUMQUAT'
const SECRET = 'kumquat-kumquat-kumquat'
const numberOf = (count: number): CaseId => CaseId.parse(`SEC-${new Date().getUTCFullYear()}-000${count}`)

let folder: string
let github: GitHubEmulator
let agoMs = 0
beforeEach(async () => {
  agoMs = 0
  folder = mkdtempSync(join(tmpdir(), 'embargo-private-report-'))
  github = await startGitHubEmulator({
    now: () => Date.now() - agoMs,
    repositories: [{ name: NAME, admins: ['ana'] }],
    tokens: [{ token: TOKEN, login: 'ana', permissions: { repository_advisories: 'write' } }],
  })
})
afterEach(async () => {
  await github.close()
  rmSync(folder, { recursive: true, force: true })
})

const output = listener()
const report = (summary: string): string =>
  github.person('robin').report(NAME, { summary, description: 'A crafted include does.' })

function start(): Promise<Program> {
  const repository = `https://github.com/${NAME}`
  const policy = { ...POLICY, projects: POLICY.projects.map((project) => ({ ...project, repository })) }
  return startIn(folder, {
    config: {
      ...configOf(folder),
      policy: { policy, hash: policyHash(policy) },
      github: {
        apiUrl: github.apiUrl,
        login: { is: 'token', token: new Secret(TOKEN) },
        webhook: { secret: new Secret(SECRET), listen: { host: '127.0.0.1', port: 0 } },
      },
    },
    say: output.hear,
  })
}

const deliver = (program: Program, ghsa: string): Promise<number> =>
  github.deliver({ url: `http://127.0.0.1:${program.webhookPort ?? 0}/`, secret: SECRET }, ghsa)

async function linkOf({ engine }: Program, id: CaseId): Promise<string | undefined> {
  const state = await engine.queries.state(id)
  return state?.kind === 'case' ? state.advisoryLink?.opened?.link : undefined
}

describe('a private report at GitHub', () => {
  it('opens one case by webhook and by the poll of the next start, and the backlog waits for a person', async () => {
    agoMs = 3_600_000
    report('It was there before')
    agoMs = 0
    let ghsa = ''
    {
      await using program = await start()
      // Waits for the first poll. The report from before the program's start is held until a person decides about it.
      await expect.poll(() => program.store.spool.countHeld(), { timeout: 20_000 }).toBe(1)
      ghsa = report('Rendering reads any file')
      expect(await deliver(program, ghsa)).toBe(202)
      await output.heard(numberOf(1))
      expect(await linkOf(program, numberOf(1))).toBe(`https://github.com/${NAME}/security/advisories/${ghsa}`)
      expect(await deliver(program, ghsa)).toBe(202)
    }
    await using program = await start()
    await github.until(({ requests }) => requests.filter(({ route }) => route.startsWith('GET ')).length >= 4)
    await expect.poll(() => program.store.spool.usage(systemClock.now()).then(({ unread }) => unread)).toBe(0)
    expect(await program.engine.queries.state(numberOf(2))).toBeUndefined()
    expect([await program.store.spool.countHeld(), github.state.repository(NAME).advisories.size]).toEqual([1, 2])
    expect(github.state.requests.filter(({ route }) => !route.startsWith('GET '))).toEqual([])
  }, 60_000)
})
