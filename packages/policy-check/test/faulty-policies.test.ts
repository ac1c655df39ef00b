import { describe, expect, it } from 'vitest'
import { staticFindings, withDistinctProjects } from '../src/index.ts'
import type { FaultyPolicy } from './faulty-policies.ts'
import { WRITTEN_FAULTS } from './faulty-policies.ts'
import { START } from './sample-policy.ts'

const found = ({ policy }: FaultyPolicy, faulty: boolean): readonly string[] =>
  staticFindings(withDistinctProjects(policy(faulty)), START).map(({ what }) => what)

describe('a planted fault that needs no search', () => {
  it.each(WRITTEN_FAULTS.map((one) => [one.shape, one.fault, one] as const))(
    'is found in the policy of %s: %s',
    (_shape, _fault, one) => {
      expect(found(one, false)).toEqual([])
      expect(found(one, true)).toContain(one.finding)
    },
  )
})
