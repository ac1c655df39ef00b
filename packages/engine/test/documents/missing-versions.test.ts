import { describe, expect, it } from 'vitest'
import { BranchName } from '@embargo/core'
import type { Policy, TargetName } from '@embargo/core'
import { missingVersions } from '../../src/documents/missing-versions.ts'
import { OutsideError } from '../../src/index.ts'
import type { RehearsalTarget } from '../../src/ports/publication-target.ts'
import { createFakeTarget } from '../fakes/fake-target.ts'
import { CASE, createHouse, policyOf } from '../house.ts'
import { submit } from '../story.ts'

const FORGE = 'https://forge.example/quillmark'

function describing(): Policy {
  const policy = policyOf()
  const product = { packages: [{ ecosystem: 'npm', name: 'quillmark' }], repository: FORGE }
  const branches = ['main', '3.x'].map((name) => ({ name: BranchName.parse(name), supported: true }))
  return { ...policy, projects: policy.projects.map((one) => ({ ...one, ...product, branches })) }
}

type Looks = {
  readonly hasVersion?: (version: string) => boolean | undefined
  readonly statusOf?: (link: string) => number
  readonly link?: string
}

const unreachable = (because: string) => () => {
  throw new OutsideError('unreachable', because)
}

async function missing({ hasVersion = () => false, statusOf = () => 404, link = `${FORGE}/release-4.3` }: Looks) {
  const house = createHouse({ policy: describing() })
  await house.receive()
  await submit(house, 'ana', { verb: 'ack', case: CASE })
  await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
  for (const [branch, fixedVersion] of [
    ['main', '4.3'],
    ['3.x', '3.9.1'],
  ] as const)
    await submit(house, 'ana', {
      verb: 'triage.affects',
      case: CASE,
      branch: BranchName.parse(branch),
      affected: true,
      range: `< ${fixedVersion}`,
      fixedVersion,
    })
  const asked: string[] = []
  const target: RehearsalTarget = {
    ...createFakeTarget('versions'),
    differs: '',
    hasVersion: async ({ version }) => hasVersion(version),
    async statusOf(one) {
      asked.push(one)
      return statusOf(one)
    },
  }
  const rehearsalTargets = new Map<TargetName, RehearsalTarget>([['versions', target]])
  return { asked, found: await missingVersions({ ...house.engine.deps, rehearsalTargets }, CASE, link) }
}

const BOTH = ['npm quillmark 4.3', 'npm quillmark 3.9.1']

describe('the fixed versions of a case', () => {
  it('are public if the registry has them, whatever the link', async () => {
    expect(await missing({ hasVersion: () => true, link: FORGE })).toEqual({ asked: [], found: { versions: [] } })
  })

  it.each([
    ['the registry does not have them', () => false],
    ['Embargo knows no registry for them', () => undefined],
    ['the registry does not answer', unreachable('The registry cannot be reached.')],
  ])('are looked for at the link if %s, each with its version in it', async (_, hasVersion) => {
    expect(await missing({ hasVersion, statusOf: () => 200, link: `${FORGE}/v4.3.0/q-4.3.tar.gz` })).toEqual({
      asked: [`${FORGE}/v4.3.0/q-4.3.tar.gz`, `${FORGE}/v3.9.1.0/q-3.9.1.tar.gz`],
      found: { versions: [] },
    })
    expect((await missing({ hasVersion })).found).toEqual({
      versions: BOTH,
      because: 'The page of the version answers 404.',
    })
  })

  it('are missing if only one of them is at its link', async () => {
    const link = `${FORGE}/release-3.9.1`
    expect((await missing({ statusOf: (one) => (one === link ? 200 : 302), link })).found).toEqual({
      versions: ['npm quillmark 4.3'],
      because: 'The page of the version answers 302.',
    })
  })

  it('are missing if the link cannot be reached', async () => {
    const { found } = await missing({ statusOf: unreachable('The link cannot be reached.') })
    expect(found).toEqual({ versions: BOTH, because: 'The link cannot be reached.' })
  })

  it.each(['', '/release-14.3', '/release-4.3.1', '/release-4.30', '/release-3.4.3', '/?version=4.3'])(
    'are not looked for at a link that has no version in its path: %s',
    async (path) => {
      const { asked, found } = await missing({ statusOf: () => 200, link: `${FORGE}${path}` })
      expect({ asked, found }).toEqual({
        asked: [],
        found: { versions: BOTH, because: 'The link does not have the version in its path.' },
      })
    },
  )

  it('attack: are not looked for at a host that is not of the project', async () => {
    const { asked, found } = await missing({ statusOf: () => 200, link: 'https://evil.example/release-4.3' })
    expect([asked, found?.because]).toEqual([[], expect.stringContaining('not at evil.example')])
  })
})
