import { proposedRelease } from '../../case/commands/prenotify.ts'
import type { CaseState } from '../../case/state.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Policy } from '../schema.ts'

const known = new WeakMap<Policy, Map<string, Instant | undefined>>()

/** The first date that lead and window allow, remembered: it is asked of every place, and depends on little. */
export function legalRelease(policy: Policy, state: CaseState, now: Instant): Instant | undefined {
  const ofPolicy = known.get(policy) ?? new Map<string, Instant | undefined>()
  known.set(policy, ofPolicy)
  const key = `${state.severity ?? 'unrated'}:${now}`
  if (!ofPolicy.has(key)) ofPolicy.set(key, proposedRelease(policy, state, now))
  return ofPolicy.get(key)
}
