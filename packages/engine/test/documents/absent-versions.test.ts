import { describe, expect, it } from 'vitest'
import type { Policy, TargetName } from '@embargo/core'
import { versionWarnings } from '../../src/documents/absent-versions.ts'
import type { RehearsalTarget } from '../../src/ports/publication-target.ts'
import { createFakeTarget } from '../fakes/fake-target.ts'
import { CASE, createHouse, policyOf } from '../house.ts'
import { submit, untilReady } from '../story.ts'

function describing(): Policy {
  const policy = policyOf()
  const product = { packages: [{ ecosystem: 'npm', name: 'quillmark' }] }
  return { ...policy, projects: policy.projects.map((one) => ({ ...one, ...product })) }
}

async function ready() {
  const house = createHouse({ policy: describing() })
  await untilReady(house)
  const branch = { verb: 'triage.affects', case: CASE, branch: 'main', affected: true } as const
  await submit(house, 'ana', { ...branch, range: '>= 4.1, < 4.3', fixedVersion: '4.3' })
  const asks: string[] = []
  const warnings = (
    verb: 'disclose' | 'release.cancel',
    hasVersion: (version: string) => Promise<boolean | undefined>,
    patienceMs?: number,
  ) => {
    const target: RehearsalTarget = {
      ...createFakeTarget('versions'),
      differs: '',
      async hasVersion({ version }) {
        asks.push(version)
        return hasVersion(version)
      },
    }
    const rehearsalTargets = new Map<TargetName, RehearsalTarget>([['versions', target]])
    const deps = { ...house.engine.deps, rehearsalTargets }
    const asked = { at: house.clock.now(), ...(patienceMs === undefined ? {} : { patienceMs }) }
    return versionWarnings(deps, { verb, case: CASE }, asked)
  }
  return { warnings, asks }
}

describe('the preview of a publication', () => {
  it('warns of a range with a version that the registry does not have', async () => {
    const { warnings } = await ready()
    expect(await warnings('disclose', async () => false)).toEqual([
      `⚠ A range of ${CASE} may be wrong: npm/quillmark has no version 4.1.`,
    ])
    expect(await warnings('disclose', async () => true)).toEqual([])
  })

  it('says that nothing is known if the registry does not answer in time', async () => {
    const { warnings } = await ready()
    expect(await warnings('disclose', () => new Promise(() => undefined), 1)).toEqual([
      'The registry has not answered in time, so it is not known whether all versions in the ranges exist.',
    ])
  })

  it('asks no registry about a command that names no range', async () => {
    const { warnings, asks } = await ready()
    expect(await warnings('release.cancel', async () => false)).toEqual([])
    expect(asks).toEqual([])
  })
})
