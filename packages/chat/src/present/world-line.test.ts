import { instant } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import { expect, it } from 'vitest'
import { policyOf } from '../../test/fixtures/policy.ts'
import { SmallHouse } from '../../test/fixtures/small-house.ts'
import { worldLine } from './world-line.ts'

const end = instant(Date.UTC(2026, 6, 1))
const proposed = { by: 'reporter', proposal: 'p1', proposedAt: instant(0), end } as const

it.each([
  [{ is: 'revise', ...proposed, proposedEnd: end }, true],
  [{ is: 'proposed', ...proposed }, false],
] as const)('says which date counts only if there are two (%j)', (em, two) => {
  const house = new SmallHouse().opens()
  const [{ id: report } = {}] = house.state().reports
  const state: CaseState = { ...house.state(), em }
  if (report === undefined) throw new Error('The case has no report.')
  const said = worldLine({ type: 'EmbargoProposed', proposal: 'p1', by: 'reporter', report, end }, 'Robin', {
    policy: policyOf(),
    state,
  })
  expect(JSON.stringify(said).includes('the earlier of the two dates')).toBe(two)
})
