import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMaintainer } from '../fixtures/maintainer.ts'
import { leaveFolder, newFolder, setVariable } from '../fixtures/own-folder.ts'
import { report, serveProgram } from '../fixtures/served-program.ts'
import { printed, shell } from '../fixtures/shell.ts'
import { soloPolicy } from '../fixtures/solo-policy.ts'

const number = `SEC-${new Date().getUTCFullYear()}-0001`

const PROJECT = {
  announce: 'announce@quillmark.example',
  cve: 'form',
  vendor: 'Quillmark maintainers',
  packages: [{ ecosystem: 'npm', name: 'quillmark' }],
  publisher: { name: 'Quillmark Security', namespace: 'https://quillmark.example' },
  targets: { versions: 'off' },
}

describe('the record of a case', () => {
  it('lacks a vendor for the CVE record, as the status says right after the triage', async () => {
    const { vendor: _, ...project } = { ...PROJECT, cve: 'own' }
    await using person = await startMaintainer({ policy: soloPolicy(project) })
    await person.openPublic()
    await person.types(['SEC-2026-0001', 'triage', 'valid', 'high'])
    const { out } = await person.types(['SEC-2026-0001', 'status'])
    expect(out.replaceAll(/\s+/gu, ' ')).toContain(
      'Without the vendor of the project in the policy, there is no CVE record: the operator adds it',
    )
  })

  it('is printed in each format, as a draft until it is published', async () => {
    await using person = await startMaintainer({ policy: soloPolicy(PROJECT) })
    const types = (...words: readonly string[]) => person.runs('SEC-2026-0001', ...words)
    const records = async () => {
      const all: Record<string, string> = {}
      for (const format of ['csaf', 'cve', 'osv', 'openvex', 'ghsa', 'markdown']) {
        const { out, err } = await types('read', 'record', format)
        all[format] = `${/draft, not published/u.exec(err)?.[0] ?? 'published'}: ${markOf(format, out)}`
      }
      return all
    }
    await person.openPublic()
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
    await person.looksAgain()
    await person.relay.until(() => true)
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
    const { program } = stack.use(await serveProgram({ folder, setVariable }))
    await report(program)
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
