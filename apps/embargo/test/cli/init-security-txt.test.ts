import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { shell } from '../fixtures/shell.ts'

describe('embargo init security-txt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-init-'))

  beforeAll(() => {
    vi.stubEnv('EMBARGO_DATA', join(folder, 'data'))
    vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'))
  })

  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  it('prints the file of the only project, and says where it goes and until when it is valid', async () => {
    const printed = await shell('init', 'security-txt')
    expect([printed.code, printed.err]).toEqual([0, expect.stringContaining('/.well-known/security.txt')])
    expect(printed.out).toMatch(/^Contact: mailto:\S+@\S+\nExpires: 20\d\d-\d\d-\d\dT00:00:00Z\n/u)
  })

  it('prints nothing for a project that it does not know', async () => {
    const refused = await shell('init', 'security-txt', 'other')
    expect([refused.code === 0, refused.out]).toEqual([false, ''])
    expect(refused.err).toContain('Name one project:')
  })
})
