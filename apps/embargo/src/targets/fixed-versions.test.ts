import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CaseId, EffectId, instant } from '@embargo/core'
import type { Delivery } from '@embargo/engine'
import { quillmark } from '@embargo/testkit/policy'
import { afterEach, describe, expect, it } from 'vitest'
import { createFixedVersions, REGISTRIES } from './fixed-versions.ts'

const opened: AsyncDisposable[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server[Symbol.asyncDispose]()
})

/** A registry on this machine that knows these paths. */
async function registry(answers: Readonly<Record<string, number>>) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response
      .writeHead(answers[request.url ?? ''] ?? 404, { location: 'http://169.254.169.254/' })
      .end('x'.repeat(100_000))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { port }: AddressInfo = address
  opened.push(server)
  const url = `http://127.0.0.1:${port}`
  return { asked, versions: createFixedVersions({ npm: url, pypi: url, github: url }) }
}

function looking(versions: Delivery['versions']): Delivery & { readonly lookUp: boolean } {
  const [project] = quillmark('team', {}).projects
  if (project === undefined) throw new Error('there is no project')
  return {
    effect: EffectId.parse('effect'),
    step: 'fixed-versions',
    case: CaseId.parse('SEC-2026-0001'),
    project: { ...project, repository: 'https://github.com/quillmark/quillmark' },
    documents: [],
    versions,
    startedAt: instant(0),
    lookUp: false,
  }
}

const npm = (version: string, name = 'quillmark') => ({ package: { ecosystem: 'npm', name }, version })

describe('fixed versions', () => {
  it('are public when each of them is, with the page about all versions of the first package', async () => {
    const { asked, versions } = await registry({ '/%40quill%2Fmark/4.3': 200, '/pypi/quillmark/4.3/json': 200 })
    const both = [npm('4.3', '@quill/mark'), { package: { ecosystem: 'PyPI', name: 'quillmark' }, version: '4.3' }]
    const found = await versions.deliver(looking(both))
    expect(asked).toEqual(['/%40quill%2Fmark/4.3', '/pypi/quillmark/4.3/json'])
    expect(found).toMatchObject({ is: 'done', link: 'https://www.npmjs.com/package/%40quill/mark?activeTab=versions' })
  })

  it('are looked for again if one is missing', async () => {
    const { versions } = await registry({ '/quillmark/4.3': 200 })
    expect(await versions.deliver(looking([npm('4.3')]))).toEqual({
      is: 'done',
      evidence: 'all are there',
      link: 'https://www.npmjs.com/package/quillmark/v/4.3',
    })
    expect(await versions.deliver(looking([npm('4.3'), npm('5.0')]))).toEqual({
      is: 'later',
      because: 'npm quillmark 5.0 is not public yet.',
    })
  })

  it('of another registry are looked for as tags at GitHub, with and without a v', async () => {
    const { asked, versions } = await registry({ '/quillmark/quillmark/releases/tag/4.3': 200 })
    const found = await versions.deliver(looking([{ package: { ecosystem: 'Go', name: 'x' }, version: '4.3' }]))
    expect(found).toMatchObject({ is: 'done', link: 'https://github.com/quillmark/quillmark/releases/tag/4.3' })
    expect(asked).toEqual(['/quillmark/quillmark/releases/tag/v4.3', '/quillmark/quillmark/releases/tag/4.3'])
  })

  it('exist or not where Embargo knows the registry, and are otherwise unknown', async () => {
    const { versions } = await registry({ '/quillmark/4.3': 200, '/quillmark/quillmark/releases/tag/v4.3': 200 })
    const { project } = looking([])
    const { repository: _none, ...elsewhere } = project
    const go = (version: string) => ({ package: { ecosystem: 'Go', name: 'x' }, version })
    const asks = [
      [npm('4.3'), project],
      [npm('5.0'), project],
      [go('4.3'), project],
      [go('5.0'), project],
      [go('4.3'), elsewhere],
    ] as const
    const found: unknown[] = []
    for (const [version, of] of asks) found.push(await versions.hasVersion?.(version, of))
    expect(found).toEqual([true, false, true, false, undefined])
  })

  it('at a link are looked for there; only servers that the policy names may be local', async () => {
    const asked: unknown[] = []
    const versions = createFixedVersions(REGISTRIES, async (...call) => {
      asked.push(call)
      return 200
    })
    const project = {
      ...looking([]).project,
      repository: 'https://forge.quillmark.example:8443/q/q',
      publisher: { name: 'Q', namespace: 'https://quillmark.example' },
    }
    const link = 'https://forge.quillmark.example:8443/q/q/-/tags/release-4.3'
    expect(await versions.statusOf?.(link, project)).toBe(200)
    expect(asked).toEqual([[link, { local: ['forge.quillmark.example:8443', 'quillmark.example'] }]])
  })

  it.each([
    ['a redirect is not followed', 302, 'unreachable'],
    ['a server with trouble is asked again', 503, 'unreachable'],
    ['a registry that limits us is asked later', 429, 'rate-limited'],
  ])('%s', async (_, status, code) => {
    const { versions } = await registry({ '/quillmark/4.3': status })
    await expect(versions.deliver(looking([npm('4.3')]))).rejects.toMatchObject({ code })
  })

  it('attack: a version that is a path stays in its place', async () => {
    const { asked, versions } = await registry({})
    await versions.deliver(looking([npm('../../admin?x=1')]))
    expect(asked).toEqual(['/quillmark/..%2F..%2Fadmin%3Fx%3D1'])
  })
})
