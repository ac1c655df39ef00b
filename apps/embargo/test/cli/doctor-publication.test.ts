import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { shell } from '../fixtures/shell.ts'

describe('embargo doctor publication', () => {
  let folder: string

  const writePolicy = (...project: readonly string[]): void =>
    writeFileSync(
      join(folder, 'policy.yaml'),
      [
        'profile: team',
        'projects:',
        '  - id: quillmark',
        '    name: Quillmark',
        '    address: security@quillmark.example',
        ...project.map((line) => `    ${line}`),
        'people: [{ id: ana, name: Ana, roles: [admin, team] }, { id: ben, name: Ben, roles: [team] }]',
      ].join('\n'),
    )
  const states = (out: string): readonly string[] =>
    out.split('\n').filter((line) => /^(?:ok|wrong|warning)/u.test(line))

  beforeEach(() => {
    folder = newFolder()
    useFolder(folder)
    vi.stubEnv('EMBARGO_POLICY', join(folder, 'policy.yaml'))
  })
  afterEach(() => leaveFolder(folder))

  it('names each step that would wait for a setting', async () => {
    writePolicy(
      'cve: own',
      'packages: [{ ecosystem: npm, name: quillmark }]',
      'repository: https://github.com/quillmark/quillmark',
      'vendor: Quillmark',
      'targets: { versions: publish, github: publish, files: publish, cve: publish }',
    )
    const { code, out } = await shell('doctor', 'publication')
    expect([code, states(out)]).toEqual([
      1,
      [
        'ok       quillmark: the check of the fixed versions, publish',
        'wrong    quillmark: the advisory at GitHub, publish',
        'wrong    quillmark: the files, publish',
        'wrong    quillmark: the CVE record, publish',
        'warning  quillmark: CVE ids, from own',
      ],
    ])
    for (const setting of ['EMBARGO_GITHUB_TOKEN', 'EMBARGO_PUBLISH_FOLDER', 'EMBARGO_CVE_KEY'])
      expect(out).toContain(setting)
  })

  it('says what the policy asks for and the project does not have', async () => {
    writePolicy('cve: form', 'targets: { versions: publish, github: publish, cve: publish }')
    const { code, out } = await shell('doctor', 'publication')
    expect([code, states(out)]).toEqual([
      0,
      [
        'warning  quillmark: the check of the fixed versions, off',
        'warning  quillmark: the advisory at GitHub, off',
        'ok       quillmark: the files, off',
        'warning  quillmark: the CVE record, off',
        'ok       quillmark: CVE ids, from form',
      ],
    ])
  })

  it.each([
    ['the vendor', ['targets: { files: publish, cve: publish }'], 'Write `vendor` in the policy.'],
    [
      'anything public before it',
      ['vendor: Quillmark', 'targets: { versions: publish, cve: publish }'],
      'set `github`',
    ],
    [
      'the address of the files',
      ['vendor: Quillmark', 'targets: { files: publish, cve: publish }'],
      'Set EMBARGO_PUBLISH_URL, because the record links to the file of the advisory.',
    ],
  ])('says what a CVE record lacks: %s', async (_what, lines, todo) => {
    writePolicy('cve: own', 'packages: [{ ecosystem: npm, name: quillmark }]', ...lines)
    const { code, out } = await shell('doctor', 'publication')
    expect([code, states(out)]).toMatchObject([
      1,
      expect.arrayContaining(['wrong    quillmark: the CVE record, publish']),
    ])
    expect(out).toContain(todo)
  })

  it('says that the folder of the files is missing, as when its disk is not mounted', async () => {
    writePolicy('packages: [{ ecosystem: npm, name: quillmark }]', 'targets: { files: publish }')
    vi.stubEnv('EMBARGO_PUBLISH_FOLDER', join(folder, 'files'))
    const { code, out } = await shell('doctor', 'publication')
    expect([code, states(out)]).toMatchObject([1, expect.arrayContaining(['wrong    quillmark: the files, publish'])])
    expect(out).toContain('there is no such folder. Mount its disk, or make the folder.')
  })

  it('finds nothing wrong if everything is set, or if a person does it', async () => {
    writePolicy(
      'cve: form',
      'packages: [{ ecosystem: npm, name: quillmark }]',
      'repository: https://github.com/quillmark/quillmark',
      'targets: { github: publish, files: publish }',
    )
    vi.stubEnv('EMBARGO_GITHUB_TOKEN', 'github_pat_KUMQUATKUMQUATKUMQUAT')
    vi.stubEnv('EMBARGO_PUBLISH_FOLDER', join(folder, 'files'))
    mkdirSync(join(folder, 'files'))
    expect(await shell('doctor', 'publication')).toMatchObject({
      code: 0,
      out: [
        'ok       quillmark: the check of the fixed versions, prepare (a person does it)',
        'ok       quillmark: the advisory at GitHub, publish',
        'ok       quillmark: the files, publish',
        'ok       quillmark: the CVE record, off',
        'ok       quillmark: CVE ids, from form',
        '',
      ].join('\n'),
    })
  })
})
