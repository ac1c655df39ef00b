import type { World } from '../../case/decision.ts'
import type { CaseState } from '../../case/state.ts'
import type { Instant } from '../../shared/instant.ts'
import { policyFor } from '../policy-for.ts'
import type { Policy } from '../schema.ts'
import { acknowledge } from './acknowledge.ts'
import type { Clock, ClockRule } from './clock.ts'
import { embargoEnd } from './embargo-end.ts'
import { releaseDue } from './release.ts'
import { reporterVerification } from './reporter-verification.ts'

export type { Clock, Moment } from './clock.ts'

/** Every clock. Adding one adds its file and a line here. */
const CLOCKS: readonly ClockRule[] = [acknowledge, reporterVerification, embargoEnd, releaseDue]

/** Every clock that runs for a case, with the moments still to be told. Pure: a restart computes the same. */
export function clocks(whole: Policy, world: World): readonly Clock[] {
  const { case: state, release } = world
  if (state === undefined || state.rm === 'closed') return []
  const policy = policyFor(whole, state)
  return CLOCKS.flatMap((rule) => rule({ policy, state, release })).map((clock) => untold(clock, state))
}

/** The earliest untold moment of any clock: when the scheduler must look again. */
export function nextDue(policy: Policy, world: World): Instant | undefined {
  const moments = clocks(policy, world).flatMap((clock) => clock.moments.map((moment) => moment.at))
  return moments.length === 0 ? undefined : moments.reduce((a, b) => (a <= b ? a : b))
}

function untold(clock: Clock, state: CaseState): Clock {
  const told = state.told[`${clock.clock}:${clock.round}`] ?? 0
  return { ...clock, moments: clock.moments.filter((moment) => moment.fraction > told) }
}
