import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { startSmtpSink } from '@embargo/emulator-smtp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { onePerson } from '../fixtures/one-person.ts'

const ANNOUNCE = 'announce@quillmark.example'
const CNA = 'cve@root.example'
const CVE = 'CVE-1900-0042'
const CASE = 'SEC-2026-0001'

/** A project of a foundation. It names neither packages nor a repository, so it has no target. */
const POLICY = `profile: solo
projects:
  - id: quillmark
    name: Quillmark
    address: security@quillmark.example
    announce: ${ANNOUNCE}
    cve: other
    cna: { address: ${CNA} }
people:
  - { id: ana, name: Ana, roles: [admin, team], osUser: ${JSON.stringify(userInfo().username)} }
platforms: [terminal]
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embargo-correct-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

describe('a project without targets, whose CNA is a person elsewhere', () => {
  it('asks the CNA by mail for an id, corrects and withdraws what it published by mail, and tells the CNA each time', async () => {
    await using relay = await startSmtpSink()
    const setVariable = (name: string, value: string): void => void vi.stubEnv(name, value)
    await using person = await onePerson({ folder, policy: POLICY, setVariable, relayPort: relay.port })
    const types = async (...words: readonly string[]) => {
      const { code, out, err } = await person.types([CASE, ...words])
      if (code !== 0) throw new Error(`${words.join(' ')}: ${out}${err}`)
    }
    // The printed next step is the second look: the same person approves again, an hour later.
    const looksAgain = async () => {
      await person.typesNext()
      expect(person.typed.at(-1)).toMatchObject({ line: expect.stringContaining(' approve '), code: 0 })
    }
    const mailed = async (to: string, subject: string): Promise<string> => {
      const mail = await relay.until(
        (one) => one.envelopeTo.includes(to) && (one.header('subject') ?? '').includes(subject),
      )
      return mail.text.replaceAll(/\s+/gu, ' ')
    }
    await person.types(['open', 'quillmark', '--public', 'https://quillmark.example/issues/1'])
    await types('triage', 'valid', 'high')
    await types('triage', 'affects', 'main', '<', '4.3')
    await types('advisory', '--component', 'the loader', '--impact', 'It reads files.')
    await types('cve', 'request', '--yes')
    expect(await mailed(CNA, 'CVE id')).toContain('It reads files.')
    await types('cve', 'set', CVE)
    await types('disclose', 'unfixed', 'a fix takes weeks', '--yes')
    await looksAgain()
    expect(await mailed(ANNOUNCE, CVE)).toContain('before 4.3')
    await types('correct', '4.3 is affected too.', '--affects', 'main < 4.4', '--tell', 'everybody', '--yes')
    await looksAgain()
    expect(await mailed(ANNOUNCE, 'Correction')).toContain('4.3 is affected too.')
    await types('cve', 'update', '--yes')
    expect(await mailed(CNA, CVE)).toContain('4.4')
    await types('correct', 'withdraw', 'Only public files can be read.', '--yes')
    await looksAgain()
    expect(await mailed(ANNOUNCE, 'Withdrawn')).toContain('Only public files can be read.')
  })
})
