import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { shell } from '../fixtures/shell.ts'

describe('embargo init security-txt', () => {
  const folder = newFolder()

  beforeAll(() => {
    useFolder(folder)
  })

  afterAll(() => {
    leaveFolder(folder)
  })

  it('prints the file of the only project, and says where it goes and until when it is valid', async () => {
    const printed = await shell('init', 'security-txt')
    expect([printed.code, printed.err]).toEqual([0, expect.stringContaining('/.well-known/security.txt')])
    expect(printed.out).toMatch(/^Contact: mailto:\S+@\S+\nExpires: 20\d\d-\d\d-\d\dT00:00:00Z\n/u)
  })

  it('says which line of the policy lets Embargo remind of the end, and that no key is named', async () => {
    const { err } = await shell('init', 'security-txt')
    expect(err).toMatch(/securityTxt: \{ expires: 20\d\d-\d\d-\d\d \}/u)
    expect(err).toContain('It names no key.')
  })

  it('prints the SECURITY.md of the project from its policy', async () => {
    const printed = await shell('init', 'security-md')
    expect(printed.code).toBe(0)
    expect(printed.out).toMatch(/^# Security of .+\n\n## Reporting a vulnerability\n\nWrite to <\S+@\S+>\./u)
    expect(printed.out).toContain('a person answers within 7 days.')
    expect(printed.out).toContain('| main | yes |')
  })

  it('prints nothing for a project that it does not know', async () => {
    const refused = await shell('init', 'security-txt', 'other')
    expect([refused.code === 0, refused.out]).toEqual([false, ''])
    expect(refused.err).toContain('Name one project:')
  })
})
