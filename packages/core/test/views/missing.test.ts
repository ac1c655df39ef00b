import { expect, it } from 'vitest'
import { outlook } from '../../src/index.ts'
import { LEAVING } from '../commands/common.ts'
import { ana } from '../fixtures/scenario.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'

it('tells a caller what has to happen before a command becomes available', () => {
  const scenario = LEAVING.given()
  const missing = outlook(scenario.policy, scenario.worldAt(ONE), scenario.now, ana)?.missing ?? []
  const ways = missing.flatMap(({ refusal }) => refusal.liftedBy)
  expect(ways).toContainEqual({
    who: 'nobody',
    how: 'wait until the mails are out, or settle those that wait for a decision; then any team member moves the release to another date',
    then: [{ who: 'any team member', how: 'moves the release to another date', verb: 'release.move' }],
  })
})
