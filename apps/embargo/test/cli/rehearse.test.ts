import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startMaintainer } from '../fixtures/maintainer.ts'
import { newFolder, setVariable } from '../fixtures/own-folder.ts'
import { soloPolicy } from '../fixtures/solo-policy.ts'

const POLICY = soloPolicy({
  announce: 'announce@quillmark.example',
  cve: 'none',
  packages: [{ ecosystem: 'Go', name: 'quillmark.example/quillmark' }],
  repository: 'https://github.com/quillmark/quillmark',
  targets: { versions: 'off', github: 'publish', files: 'publish' },
})
const CASE = 'SEC-2026-0001'

describe('embargo 42 rehearse', () => {
  it('writes the files at the test target, says what is missing and what differs, and mails nobody', async () => {
    const folder = newFolder()
    const files = join(folder, 'rehearsal')
    setVariable('EMBARGO_REHEARSAL_FOLDER', files)
    setVariable('EMBARGO_PUBLISH_FOLDER', join(folder, 'real'))
    await using person = await startMaintainer({ folder, policy: POLICY })
    await person.openPublic()
    await person.types([CASE, 'triage', 'valid', 'high'])
    await person.types([CASE, 'triage', 'affects', 'main', '<', '4.3'])
    await person.types([CASE, 'advisory', '--component', 'the loader', '--impact', 'It reads files.'])
    const { out: printed, code } = await person.types([CASE, 'rehearse'])
    const out = printed.replaceAll(/\s+/gu, ' ')
    expect(code).toBe(0)
    expect(out).toContain('✗ Advisory at GitHub, SEC-2026-0001: Not tried: no test server is set')
    expect(out).toContain('✓ Advisory in the file tree, SEC-2026-0001:')
    expect(out).toContain(`The real publication writes into ${join(folder, 'real')}`)
    expect(out).toContain('Left out. No CSAF advisory: nobody entered the publisher of the project in the policy')
    expect(out).toContain('It would send: Announcement. Nothing was sent.')
    const [run = ''] = readdirSync(files)
    expect(readdirSync(join(files, run)).toSorted()).toEqual(['advisories', 'osv'])
    expect(person.relay.mails).toEqual([])
  })
})
