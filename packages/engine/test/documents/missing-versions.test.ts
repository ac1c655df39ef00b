import { describe, expect, it } from 'vitest'
import type { Policy, TargetName } from '@embargo/core'
import { missingVersions } from '../../src/documents/missing-versions.ts'
import { OutsideError } from '../../src/index.ts'
import type { RehearsalTarget } from '../../src/ports/publication-target.ts'
import { createFakeTarget } from '../fakes/fake-target.ts'
import { CASE, createHouse, policyOf } from '../house.ts'
import { does, untilReady } from '../story.ts'

function describing(): Policy {
  const policy = policyOf()
  const product = { packages: [{ ecosystem: 'npm', name: 'quillmark' }] }
  return { ...policy, projects: policy.projects.map((one) => ({ ...one, ...product })) }
}

async function missing(hasVersion: (version: string) => boolean | undefined): Promise<readonly string[] | undefined> {
  const house = createHouse({ policy: describing() })
  await untilReady(house)
  const branch = { verb: 'triage.affects', case: CASE, branch: 'main', affected: true } as const
  await does(house, 'ana', { ...branch, range: '< 4.3', fixedVersion: '4.3' })
  const target: RehearsalTarget = {
    ...createFakeTarget('versions'),
    differs: '',
    hasVersion: async ({ version }) => hasVersion(version),
  }
  const rehearsalTargets = new Map<TargetName, RehearsalTarget>([['versions', target]])
  return missingVersions({ ...house.engine.deps, rehearsalTargets }, CASE)
}

describe('the fixed versions of a case', () => {
  it('are missing if the registry does not have them', async () => {
    expect(await missing((version) => version !== '4.3')).toEqual(['npm quillmark 4.3'])
    expect(await missing((version) => version === '4.3')).toEqual([])
  })

  it('are neither there nor missing if Embargo cannot look, or gets no answer', async () => {
    expect(await missing(() => undefined)).toBeUndefined()
    const away = missing(() => {
      throw new OutsideError('unreachable', 'The registry cannot be reached.')
    })
    expect(await away).toBeUndefined()
  })
})
