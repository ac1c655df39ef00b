import { describe, expect, it } from 'vitest'
import { explorationFindings, explorationTasks, exploreProject, withDistinctProjects } from '../src/index.ts'
import type { FaultyPolicy } from './faulty-policies.ts'
import { EXPLORED_FAULTS } from './faulty-policies.ts'
import { START } from './sample-policy.ts'

/** The findings of the bounded exploration, as `embargo policy check` makes it. */
function found({ policy }: FaultyPolicy, faulty: boolean): readonly string[] {
  const checked = withDistinctProjects(policy(faulty))
  const explored = explorationTasks(checked, START, false).map((task) => exploreProject(checked, task))
  return checked.projects.flatMap(({ id }) =>
    explorationFindings(
      checked,
      id,
      explored.filter(({ project }) => project === id),
    ).map(({ what }) => what),
  )
}

describe('a planted fault that only an exploration shows', { timeout: 900_000 }, () => {
  it.each(EXPLORED_FAULTS.map((one) => [one.shape, one.fault, one] as const))(
    'is found in the policy of %s: %s',
    (_shape, _fault, one) => {
      expect(found(one, false)).toEqual([])
      expect(found(one, true)).toContain(one.finding)
    },
  )
})
