import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startCveEmulator } from '@embargo/emulator-cve'
import type { CveEmulator } from '@embargo/emulator-cve'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { shell } from '../fixtures/shell.ts'

const KEY = 'KUMQUAT-KEY'

describe('embargo doctor cve', () => {
  let folder: string
  let cve: CveEmulator

  const writePolicy = (source: string): void =>
    writeFileSync(
      join(folder, 'policy.yaml'),
      [
        'profile: team',
        `projects: [{ id: quillmark, name: Quillmark, address: security@quillmark.example, cve: ${source} }]`,
        'people: [{ id: ana, name: Ana, roles: [admin, team] }, { id: ben, name: Ben, roles: [team] }]',
      ].join('\n'),
    )

  beforeEach(async () => {
    folder = newFolder()
    cve = await startCveEmulator({
      organizations: [{ shortName: 'quillmark', quota: 10, users: [{ name: 'embargo@quillmark.example', key: KEY }] }],
    })
    useFolder(folder)
    vi.stubEnv('EMBARGO_POLICY', join(folder, 'policy.yaml'))
    vi.stubEnv('EMBARGO_CVE_ORG', 'quillmark')
    vi.stubEnv('EMBARGO_CVE_USER', 'embargo@quillmark.example')
    vi.stubEnv('EMBARGO_CVE_KEY', KEY)
    vi.stubEnv('EMBARGO_CVE_API_URL', cve.apiUrl)
    writePolicy('own')
  })
  afterEach(async () => {
    leaveFolder(folder)
    await cve[Symbol.asyncDispose]()
  })

  const host = () => new URL(cve.apiUrl).host

  it('shows the instance, whose ids they are, and the quota', async () => {
    vi.stubEnv('EMBARGO_CVE_INSTANCE', 'production')
    expect(await shell('doctor', 'cve')).toEqual({
      code: 0,
      err: '',
      out: [
        `ok       CVE ids for the organization quillmark come from the production instance of CVE Services at ${host()} (for quillmark)`,
        'ok       CVE Services accepts the organization, user and key',
        'ok       10 more ids can be reserved (0 of 10 are reserved and have no record yet)',
        '',
      ].join('\n'),
    })
  })

  it('warns that ids of the test instance are for tests only', async () => {
    const { code, out } = await shell('doctor', 'cve')
    expect(code).toBe(0)
    expect(out).toMatch(
      /^warning {2}CVE ids for the organization quillmark come from the test instance .*\n {9}These are not real CVE ids, so Embargo/,
    )
    const facts: unknown = JSON.parse((await shell('doctor', 'cve', '--json')).out)
    expect(facts).toMatchObject({ is: 'cve-doctor', checks: [{ state: 'warning' }, { state: 'ok' }, { state: 'ok' }] })
  })

  it('warns of a project that uses none of them', async () => {
    writePolicy('form')
    expect((await shell('doctor', 'cve')).out).toMatch(
      /^warning .*\n {9}No project uses CVE Services. In the policy, write “cve: own” for each/,
    )
  })

  it('says when few ids are left, and when none is', async () => {
    const left = async (quota: number) => {
      for (const one of cve.service.organizations) one.quota = quota
      return shell('doctor', 'cve')
    }
    expect(await left(5)).toMatchObject({ code: 0, out: expect.stringMatching(/^warning {2}5 more ids/m) })
    expect(await left(0)).toMatchObject({ code: 1, out: expect.stringMatching(/^wrong {4}0 more ids/m) })
  })

  it('says what to do about a wrong key, without showing it', async () => {
    vi.stubEnv('EMBARGO_CVE_KEY', 'KUMQUAT-OTHER')
    const { code, out, err } = await shell('doctor', 'cve')
    expect(code).toBe(1)
    expect(out).toMatch(
      /^wrong {4}CVE Services accepts .*\n {9}CVE Services does not accept the organization, user or key/m,
    )
    expect(out + err).not.toContain('KUMQUAT')
  })

  it('asks for the credentials', async () => {
    for (const name of ['EMBARGO_CVE_ORG', 'EMBARGO_CVE_USER', 'EMBARGO_CVE_KEY']) vi.stubEnv(name, '')
    expect(await shell('doctor', 'cve')).toMatchObject({ code: 1, err: expect.stringContaining('EMBARGO_CVE_ORG') })
  })
})
