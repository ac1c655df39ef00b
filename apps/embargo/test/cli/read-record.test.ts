import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { loadConfig, loadSecrets } from '@embargo/config'
import { startSmtpSink } from '@embargo/emulator-smtp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { controlSocket } from '../../src/cli/context.ts'
import { operate } from '../../src/control/operations.ts'
import { serveControl } from '../../src/control/server.ts'
import { startProgram } from '../../src/program/program.ts'
import { systemClock } from '../../src/program/system-clock.ts'
import { onePerson } from '../fixtures/one-person.ts'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { printed, shell } from '../fixtures/shell.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
const number = `SEC-${new Date().getUTCFullYear()}-0001`

const POLICY = `profile: solo
projects:
  - id: quillmark
    name: Quillmark
    address: security@quillmark.example
    announce: announce@quillmark.example
    cve: form
    vendor: Quillmark maintainers
    packages: [{ ecosystem: npm, name: quillmark }]
    publisher: { name: Quillmark Security, namespace: https://quillmark.example }
    targets: { versions: off }
people:
  - { id: ana, name: Ana, roles: [admin, team], osUser: ${JSON.stringify(userInfo().username)} }
platforms: [terminal]
`

describe('the record of a case', () => {
  let own: string
  beforeEach(() => {
    own = mkdtempSync(join(tmpdir(), 'embargo-record-'))
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(own, { recursive: true })
  })

  it('lacks a vendor for the CVE record, as the status says right after the triage', async () => {
    const setVariable = (name: string, value: string): void => void vi.stubEnv(name, value)
    const policy = POLICY.replace('cve: form', 'cve: own').replace(/^ *vendor: .*\n/mu, '')
    await using person = await onePerson({ folder: own, policy, setVariable })
    await person.types(['open', 'quillmark', '--public', 'https://quillmark.example/issues/1'])
    await person.types(['SEC-2026-0001', 'triage', 'valid', 'high'])
    const { out } = await person.types(['SEC-2026-0001', 'status'])
    expect(out.replaceAll(/\s+/gu, ' ')).toContain(
      'Without the vendor of the project in the policy, there is no CVE record: the operator adds it',
    )
  })

  it('is printed in each format, as a draft until it is published', async () => {
    await using relay = await startSmtpSink()
    const setVariable = (name: string, value: string): void => void vi.stubEnv(name, value)
    await using person = await onePerson({ folder: own, policy: POLICY, setVariable, relayPort: relay.port })
    const id = 'SEC-2026-0001'
    const types = async (...words: readonly string[]) => {
      const run = await person.types([id, ...words])
      if (run.code !== 0) throw new Error(`${words.join(' ')}: ${run.out}${run.err}`)
      return run
    }
    // The printed next step is the second look: the same person approves again, an hour later.
    const looksAgain = async () => {
      await person.typesNext()
      expect(person.typed.at(-1)).toMatchObject({ line: expect.stringContaining(' approve '), code: 0 })
    }
    const records = async () => {
      const all: Record<string, string> = {}
      for (const format of ['csaf', 'cve', 'osv', 'openvex', 'ghsa', 'markdown']) {
        const { out, err } = await types('read', 'record', format)
        all[format] = `${/draft, not published/u.exec(err)?.[0] ?? 'published'}: ${markOf(format, out)}`
      }
      return all
    }
    await person.types(['open', 'quillmark', '--public', 'https://quillmark.example/issues/1'])
    await types('triage', 'valid', 'high')
    await types('triage', 'affects', 'main', '<', '4.3')
    await types(
      'advisory',
      '--component',
      'the loader',
      '--impact',
      'It reads files.',
      '--workaround',
      'Turn it off.',
      '--links',
      'article https://quillmark.example/blog',
    )
    await types('cve', 'set', 'CVE-1900-0042')
    const draft = 'draft, not published: draft'
    expect(await records()).toEqual({
      csaf: draft,
      cve: draft,
      osv: draft,
      openvex: draft,
      ghsa: draft,
      markdown: draft,
    })
    await types('disclose', 'unfixed', 'a fix takes weeks', '--yes')
    await looksAgain()
    await relay.until(() => true)
    const done = 'published: no draft'
    expect(await records()).toEqual({ csaf: done, cve: done, osv: done, openvex: done, ghsa: done, markdown: done })
  })
})

/** Whether the printed document says of itself that it is a draft. */
function markOf(format: string, text: string): string {
  const isJson = format !== 'markdown'
  const whole = isJson ? JSON.stringify(JSON.parse(text)) : text
  return /draft/iu.test(whole) ? 'draft' : 'no draft'
}

describe('embargo <case> read record', () => {
  const folder = newFolder()
  const stack = new AsyncDisposableStack()

  beforeAll(async () => {
    useFolder(folder)
    vi.stubEnv('EMBARGO_SMTP_LISTEN', '127.0.0.1:0')
    mkdirSync(join(folder, 'data'), { mode: 0o700 })
    const config = loadConfig()
    const program = stack.use(
      await startProgram({ config, secrets: loadSecrets(config), clock: systemClock, log, say: () => {} }),
    )
    stack.use(await serveControl(controlSocket(config), (question) => operate(program, question), log))
    vi.stubEnv('EMBARGO_SMTP_LISTEN', `127.0.0.1:${program.smtpPort}`)
    const opened = new Promise<void>((resolve) => program.engine.deps.onCommit(() => resolve()))
    const sent = await shell('report')
    if (sent.code !== 0) throw new Error(sent.err)
    await opened
  })

  afterAll(async () => {
    await stack.disposeAsync()
    leaveFolder(folder)
  })

  it('says what each incomplete format lacks, and does not print it', async () => {
    const list = await shell(number, 'read', 'record')
    expect([list.code, list.out]).toEqual([0, expect.stringContaining('markdown: lacks the impact and a severity')])
    const refused = await shell(number, 'read', 'record', 'markdown')
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toContain('The record lacks the impact and a severity.')
    expect(refused.err.replaceAll(/\s+/g, ' ')).toMatch(
      /embargo SEC-2026-\d{4} read record says what each format lacks/,
    )
    expect((await shell(number, 'read', 'record', 'csv')).err.replaceAll(/\s+/g, ' ')).toContain(
      'A record is csaf, csaf-vex, osv, openvex, cve, ghsa, markdown, announcement, oss-security, blog-post or release-notes.',
    )
  })

  it('says what each case of the release lacks for a public text', async () => {
    const refused = await shell(number, 'read', 'record', 'release-notes')
    expect(refused.err.replaceAll(/\s+/g, ' ')).toContain(`lacks the impact of ${number} and a severity of ${number}.`)
  })

  it('prints the document alone, and beside it that it is a draft', async () => {
    await shell(number, 'ack')
    await shell(number, 'triage', 'valid', 'high')
    await shell(
      number,
      'advisory',
      '--component',
      'loader',
      '--impact',
      'Reads any file: see https://quillmark.example.',
    )
    const record = await shell(number, 'read', 'record', 'markdown')
    expect(record.code).toBe(0)
    expect(record.err).toContain(`${number} · record as markdown · draft, not published`)
    expect(record.out).toMatch(/^# Security issue in /u)
    expect(record.out).toContain('\nReads any file: see https://quillmark.example.')
    expect(printed(await shell(number, 'read', 'record', 'markdown', '--json'))).toMatchObject({
      is: 'document',
      format: 'markdown',
      draft: true,
    })
    const notes = await shell(number, 'read', 'record', 'release-notes')
    expect(notes.out).toMatch(
      /^> Draft, not published: keep it secret\.\n\n## Security fixes\n\n- \*\*SEC-\d{4}-0001 \(high\):\*\*/u,
    )
  })
})
