import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CaseId, EffectId, instant } from '@embargo/core'
import type { Delivery } from '@embargo/engine'
import { quillmark } from '@embargo/testkit/policy'
import { afterEach, describe, expect, it } from 'vitest'
import { createFileTree } from './file-tree.ts'

const CASE = CaseId.parse('SEC-2026-0001')
const FILES = [
  { name: 'osv/SEC-2026-0001.json', text: '{"id":"x"}\n' },
  { name: 'vex/SEC-2026-0001.json', text: '{}\n' },
]

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'embargo-files-'))
  folders.push(made)
  return made
}

const csaf = (name: string, day: string) => ({
  name: `csaf/2026/${name}.json`,
  text: JSON.stringify({ document: { tracking: { current_release_date: `${day}T14:00:00Z` } } }),
})

function delivery(documents: Delivery['documents'] = FILES): Delivery & { readonly lookUp: boolean } {
  const [project] = quillmark('team', {}).projects
  if (project === undefined) throw new Error('there is no project')
  const effect = EffectId.parse('effect')
  return { effect, step: 'records', case: CASE, project, documents, versions: [], startedAt: instant(0), lookUp: false }
}

const git = (in_: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: in_, encoding: 'utf8' })

async function workingCopy(): Promise<string> {
  const at = await folder()
  git(at, 'init', '--quiet')
  git(at, 'config', 'user.name', 'Embargo')
  git(at, 'config', 'user.email', 'embargo@quillmark.example')
  return at
}

describe('the file tree', () => {
  it('gets whole files, and the first has a link', async () => {
    const at = await folder()
    const tree = createFileTree({ folder: at, url: 'https://quillmark.example/security/' })
    expect(await tree.deliver(delivery())).toMatchObject({
      is: 'done',
      evidence: 'osv/SEC-2026-0001.json, vex/SEC-2026-0001.json',
      link: 'https://quillmark.example/security/osv/SEC-2026-0001.json',
    })
    expect(await readFile(join(at, 'osv/SEC-2026-0001.json'), 'utf8')).toBe('{"id":"x"}\n')
    expect(await readdir(join(at, 'osv'))).toEqual(['SEC-2026-0001.json'])
  })

  it('has beside each CSAF document its hashes, and keeps the documents of earlier releases in its lists', async () => {
    const at = await folder()
    const tree = createFileTree({ folder: at })
    expect(await tree.deliver(delivery([csaf('sec-2026-0001', '2026-05-12')]))).toMatchObject({
      is: 'done',
      evidence: 'csaf/2026/sec-2026-0001.json',
    })
    await tree.deliver(delivery([csaf('sec-2026-0002', '2026-06-12')]))
    await tree.deliver({ ...delivery([csaf('sec-2026-0002', '2026-06-12')]), lookUp: true })
    expect((await readdir(join(at, 'csaf/2026'))).toSorted()).toEqual(
      ['1', '2'].flatMap((one) => ['json', 'json.sha256', 'json.sha512'].map((end) => `sec-2026-000${one}.${end}`)),
    )
    expect(await readFile(join(at, 'csaf/index.txt'), 'utf8')).toBe(
      '2026/sec-2026-0001.json\n2026/sec-2026-0002.json\n',
    )
    expect(await readFile(join(at, 'csaf/changes.csv'), 'utf8')).toBe(
      '"2026/sec-2026-0002.json","2026-06-12T14:00:00.000Z"\n"2026/sec-2026-0001.json","2026-05-12T14:00:00.000Z"\n',
    )
  })

  it('lists and commits every case of a release, although all are delivered at the same time', async () => {
    const at = await workingCopy()
    const tree = createFileTree({ folder: at })
    const names = ['sec-2026-0001', 'sec-2026-0002', 'sec-2026-0003']
    const results = await Promise.all(names.map((name) => tree.deliver(delivery([csaf(name, '2026-05-12')]))))
    expect(results).toMatchObject(names.map(() => ({ is: 'done' })))
    expect(await readFile(join(at, 'csaf/index.txt'), 'utf8')).toBe(names.map((name) => `2026/${name}.json\n`).join(''))
    expect(git(at, 'status', '--porcelain')).toBe('')
  })

  it('has nothing to do where the same words are already, as after a lost answer', async () => {
    const at = await folder()
    const tree = createFileTree({ folder: at })
    await tree.deliver(delivery())
    expect(await tree.deliver({ ...delivery(), lookUp: true })).toMatchObject({ is: 'done' })
  })

  it('overwrites nothing, and writes none of the files if one is there with other words', async () => {
    const at = await folder()
    const tree = createFileTree({ folder: at })
    await tree.deliver(delivery([{ name: 'vex/SEC-2026-0001.json', text: 'other' }]))
    expect(await tree.deliver(delivery())).toMatchObject({ is: 'changed' })
    expect(await readFile(join(at, 'vex/SEC-2026-0001.json'), 'utf8')).toBe('other')
    expect(await readdir(at)).toEqual(['vex'])
  })

  it('replaces its own files by the correction, even after a lost answer, but nobody else’s', async () => {
    const at = await folder()
    const tree = createFileTree({ folder: at })
    const done = await tree.deliver(delivery())
    const former = done.is === 'done' ? (done.mark ?? '') : ''
    const next = FILES.map(({ name }) => ({ name, text: 'corrected' }))
    const correction = { ...delivery(next), former, correction: {} }
    await writeFile(join(at, 'osv/SEC-2026-0001.json'), 'corrected')
    expect(await tree.deliver({ ...correction, lookUp: true })).toMatchObject({ is: 'done' })
    expect(await readFile(join(at, 'vex/SEC-2026-0001.json'), 'utf8')).toBe('corrected')
    await writeFile(join(at, 'vex/SEC-2026-0001.json'), 'mine')
    expect(await tree.deliver(correction)).toMatchObject({ is: 'changed' })
    expect(await readFile(join(at, 'vex/SEC-2026-0001.json'), 'utf8')).toBe('mine')
  })

  it('does not write a file again that somebody removed after its publication', async () => {
    const at = await folder()
    const tree = createFileTree({ folder: at })
    const done = await tree.deliver(delivery())
    const former = done.is === 'done' ? (done.mark ?? '') : ''
    await rm(join(at, 'vex'), { recursive: true })
    const corrected = await tree.deliver({ ...delivery(), former, correction: {} })
    expect(corrected).toMatchObject({
      is: 'changed',
      because: expect.stringContaining('vex/SEC-2026-0001.json, which Embargo published, is no longer in the folder.'),
    })
    expect(await readdir(at)).toEqual(['osv'])
  })

  it('waits for the operator while its folder is missing, as when its disk is not mounted', async () => {
    const at = join(await folder(), 'disk')
    const tree = createFileTree({ folder: at })
    await expect(tree.deliver(delivery())).rejects.toMatchObject({
      forAPerson: true,
      message: expect.stringContaining('Mount its disk, or make the folder.'),
    })
    await expect(readdir(at)).rejects.toThrow('ENOENT')
    await mkdir(at)
    expect(await tree.deliver({ ...delivery(), lookUp: true })).toMatchObject({ is: 'done' })
  })

  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'it is mounted for reading only'],
    ['EACCES', 'this user may not write there'],
  ])(
    'waits for the operator after %s, leaves no half of a file, and is finished at the next try',
    async (code, why) => {
      const at = await folder()
      const left = { files: 1 }
      const openFile: typeof open = async (...args) => {
        const file = await open(...args)
        if (left.files > 0) left.files -= 1
        else file.writeFile = async () => Promise.reject(Object.assign(new Error(code), { code }))
        return file
      }
      await expect(createFileTree({ folder: at, openFile }).deliver(delivery())).rejects.toMatchObject({
        forAPerson: true,
        message: expect.stringContaining(why),
      })
      const names = await readdir(at, { recursive: true })
      expect(names.filter((name) => name.endsWith('.json'))).toHaveLength(1)
      expect(names.filter((name) => name.includes('.embargo-'))).toEqual([])
      expect(await createFileTree({ folder: at }).deliver({ ...delivery(), lookUp: true })).toMatchObject({
        is: 'done',
      })
    },
  )

  it('commits exactly its files in a working copy, once', async () => {
    const at = await workingCopy()
    await writeFile(join(at, 'draft.md'), 'not yet')
    git(at, 'add', 'draft.md')
    const tree = createFileTree({ folder: at })
    const first = await tree.deliver(delivery())
    expect(await tree.deliver({ ...delivery(), lookUp: true })).toEqual(first)
    expect(git(at, 'log', '--format=%s', '--name-only').trim().split('\n')).toEqual([
      'Publish SEC-2026-0001',
      '',
      'osv/SEC-2026-0001.json',
      'vex/SEC-2026-0001.json',
    ])
    expect(git(at, 'status', '--porcelain').trim()).toBe('A  draft.md')
  })

  it.each(['../outside.json', '/etc/passwd', 'osv/../../outside.json'])(
    'attack: the name %s is refused',
    async (name) => {
      const at = await folder()
      await expect(createFileTree({ folder: at }).deliver(delivery([{ name, text: 'x' }]))).rejects.toMatchObject({
        code: 'refused',
      })
      expect(await readdir(at)).toEqual([])
    },
  )

  it('waits for the operator if the folder cannot be written', async () => {
    const at = await folder()
    await writeFile(join(at, 'osv'), 'a file')
    await expect(createFileTree({ folder: at }).deliver(delivery())).rejects.toMatchObject({
      forAPerson: true,
      message: expect.stringContaining('a file is where a folder should be'),
    })
    await chmod(at, 0o755)
  })
})
