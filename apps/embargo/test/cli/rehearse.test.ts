import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { startSmtpSink } from '@embargo/emulator-smtp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { onePerson } from '../fixtures/one-person.ts'

const POLICY = `profile: solo
projects:
  - id: quillmark
    name: Quillmark
    address: security@quillmark.example
    announce: announce@quillmark.example
    cve: none
    packages: [{ ecosystem: Go, name: quillmark.example/quillmark }]
    repository: https://github.com/quillmark/quillmark
    targets: { versions: off, github: publish, files: publish }
people:
  - { id: ana, name: Ana, roles: [admin, team], osUser: ${JSON.stringify(userInfo().username)} }
platforms: [terminal]
`
const CASE = 'SEC-2026-0001'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embargo-rehearse-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

describe('embargo 42 rehearse', () => {
  it('writes the files at the test target, says what is missing and what differs, and mails nobody', async () => {
    await using relay = await startSmtpSink()
    const setVariable = (name: string, value: string): void => void vi.stubEnv(name, value)
    const files = join(folder, 'rehearsal')
    setVariable('EMBARGO_REHEARSAL_FOLDER', files)
    setVariable('EMBARGO_PUBLISH_FOLDER', join(folder, 'real'))
    await using person = await onePerson({ folder, policy: POLICY, setVariable, relayPort: relay.port })
    await person.types(['open', 'quillmark', '--public', 'https://quillmark.example/issues/1'])
    await person.types([CASE, 'triage', 'valid', 'high'])
    await person.types([CASE, 'triage', 'affects', 'main', '<', '4.3'])
    await person.types([CASE, 'advisory', '--component', 'the loader', '--impact', 'It reads files.'])
    const { out: printed, code } = await person.types([CASE, 'rehearse'])
    const out = printed.replaceAll(/\s+/gu, ' ')
    expect(code).toBe(0)
    expect(out).toContain('✗ Advisory at GitHub, SEC-2026-0001: Not tried: no test server is set')
    expect(out).toContain('✓ Advisory in the file tree, SEC-2026-0001:')
    expect(out).toContain(`A publication writes into ${join(folder, 'real')}`)
    expect(out).toContain('Left out. No CSAF advisory: nobody entered the publisher of the project in the policy')
    expect(out).toContain('It would send: Announcement. Nothing was sent.')
    const [run = ''] = readdirSync(files)
    expect(readdirSync(join(files, run)).toSorted()).toEqual(['advisories', 'osv'])
    expect(relay.mails).toEqual([])
  })
})
