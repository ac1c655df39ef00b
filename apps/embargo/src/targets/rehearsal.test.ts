import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@embargo/config'
import { CaseId, CveId, EffectId, instant } from '@embargo/core'
import type { Delivery } from '@embargo/engine'
import { startCveEmulator } from '@embargo/emulator-cve'
import { startGitHubEmulator } from '@embargo/emulator-github'
import { quillmark } from '@embargo/testkit/policy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rehearsalTargetsOf } from './rehearsal.ts'

const TOKEN = 'github_pat_KUMQUATKUMQUATKUMQUAT'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embargo-rehearsal-'))
})
afterEach(async () => rm(folder, { recursive: true, force: true }))

function delivery(run: string, step: Delivery['step'], document: Delivery['documents'][number]) {
  const [project] = quillmark('team', {}).projects
  if (project === undefined) throw new Error('there is no project')
  const effect = EffectId.parse(`${run}/${step}`)
  const cve = CveId.parse('CVE-1900-0042')
  return {
    effect,
    step,
    case: CaseId.parse('SEC-2026-0001'),
    project,
    documents: [document],
    versions: [],
    startedAt: instant(0),
    cve,
    lookUp: false,
  }
}

describe('the test targets of a rehearsal', () => {
  it('are the registries alone, unless others are set', () => {
    expect([...rehearsalTargetsOf({}).keys()]).toEqual(['versions'])
  })

  it('have a folder for each rehearsal, so that none finds what the one before wrote', async () => {
    const files = rehearsalTargetsOf({ rehearsal: { folder }, publish: { folder: '/srv/advisories' } }).get('files')
    const document = (text: string) => ({ name: 'vex/SEC-2026-0001.json', text })
    for (const [run, text] of [
      ['one', '{"a":1}'],
      ['two', '{"b":2}'],
    ] as const)
      expect(await files?.deliver(delivery(run, 'records', document(text)))).toMatchObject({ is: 'done' })
    expect((await readdir(folder)).toSorted()).toEqual(['one', 'two'])
    expect(files?.differs).toBe('The real publication writes into /srv/advisories.')
  })

  it('publish the advisory at the test server, and say where a publication goes', async () => {
    await using github = await startGitHubEmulator({
      repositories: [{ name: 'quillmark/quillmark', admins: ['ana'] }],
      tokens: [{ token: TOKEN, login: 'ana', permissions: { repository_advisories: 'write', contents: 'read' } }],
    })
    const rehearsal = { github: { apiUrl: github.apiUrl, token: new Secret(TOKEN) } }
    const target = rehearsalTargetsOf({ rehearsal }).get('github')
    expect(target?.differs).toBe(
      'The real publication goes to the repository of the same name at https://api.github.com, where it cannot be taken back.',
    )
    const text = JSON.stringify({
      summary: 'Path traversal',
      description: 'It reads files.',
      vulnerabilities: [{ package: { ecosystem: 'npm', name: 'quillmark' }, vulnerable_version_range: '< 4.3' }],
      severity: 'high',
    })
    const repository = 'https://github.com/quillmark/quillmark'
    const { project, ...rest } = delivery('one', 'github-advisory', { name: 'ghsa', text })
    expect(await target?.deliver({ ...rest, project: { ...project, repository } })).toMatchObject({ is: 'done' })
    const advisories = [...github.state.repository('quillmark/quillmark').advisories.values()]
    expect(advisories).toMatchObject([{ state: 'published', summary: 'Path traversal' }])
  })

  it('reserve an id of their own at the test instance, and none at the production instance', async () => {
    await using cve = await startCveEmulator({
      organizations: [{ shortName: 'quillmark', quota: 10, users: [{ name: 'embargo', key: 'KUMQUAT' }] }],
    })
    const cveServices = {
      instance: 'test',
      organization: 'quillmark',
      user: 'embargo',
      key: new Secret('KUMQUAT'),
      apiUrl: cve.apiUrl,
    } as const
    expect([...rehearsalTargetsOf({ cveServices: { ...cveServices, instance: 'production' } }).keys()]).not.toContain(
      'cve',
    )
    const target = rehearsalTargetsOf({ cveServices }).get('cve')
    expect(target?.isPublic).toBeUndefined()
    const container = {
      title: 'Path traversal',
      descriptions: [{ lang: 'en', value: 'It reads files.' }],
      affected: [{ vendor: 'Quillmark', product: 'Quillmark', versions: [{ version: '1.0', status: 'affected' }] }],
      references: [{ url: 'https://advisory.invalid/' }],
    }
    const document = { name: 'cve', text: JSON.stringify({ cnaContainer: container }) }
    expect(await target?.deliver(delivery('one', 'cve-record', document))).toMatchObject({ is: 'done' })
    const [reserved] = cve.service.records.keys()
    expect(reserved).toBeDefined()
    expect(reserved).not.toBe('CVE-1900-0042')
    const open = { ...cveServices, apiUrl: 'https://cveawg-test.mitre.org/api/' }
    expect(rehearsalTargetsOf({ cveServices: open }).get('cve')?.isPublic).toBe(true)
  })
})
