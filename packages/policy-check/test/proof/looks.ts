import type { Look } from '../../src/explore.ts'
import { worldAt } from '../../src/state.ts'

/** An embargo past its end is about to be ended by its clock, which is heard sooner or later. */
const endIsHeard: Look = (rules, scenario, current) => {
  const { em } = worldAt(current).case ?? {}
  if (em === undefined || (em.is !== 'active' && em.is !== 'revise') || em.end > current.now) return []
  const clock = rules.clocks(scenario.policy, worldAt(current)).find((one) => one.clock === 'embargo-end')
  return clock?.moments.some(({ at }) => at <= current.now) === true
    ? []
    : ['an embargo past its end that no clock ends']
}

export const looks: readonly Look[] = [endIsHeard]
