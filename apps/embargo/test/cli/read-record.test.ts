import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig, loadSecrets } from '@embargo/config'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { controlSocket } from '../../src/cli/context.ts'
import { operate } from '../../src/control/operations.ts'
import { serveControl } from '../../src/control/server.ts'
import { startProgram } from '../../src/program/program.ts'
import { systemClock } from '../../src/program/system-clock.ts'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { printed, shell } from '../fixtures/shell.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
const number = `SEC-${new Date().getUTCFullYear()}-0001`

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
