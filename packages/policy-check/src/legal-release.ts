import { later, leadOf, nextReleaseInstants, policyFor, proposedRelease } from '@embargo/core'
import type { CaseState, Instant, Policy } from '@embargo/core'

const releaseCache = new WeakMap<Policy, Map<string, Instant | undefined>>()

/**
 * The first release date that lead and window allow. Every state needs it, so it is cached for each policy of a case.
 */
export function legalRelease(policy: Policy, state: CaseState, now: Instant): Instant | undefined {
  const own = policyFor(policy, state)
  const ofPolicy = releaseCache.get(own) ?? new Map<string, Instant | undefined>()
  releaseCache.set(own, ofPolicy)
  const key = `${state.severity ?? 'unrated'}:${now}`
  if (!ofPolicy.has(key)) ofPolicy.set(key, proposedRelease(policy, state, now))
  return ofPolicy.get(key)
}

/**
 * A release date that is too soon. If the lead is a week or longer, this is when the next window opens, before every
 * legal date. With a shorter lead, the next window may be legal, so this is the present moment, which is always too
 * soon.
 */
export function soonRelease(policy: Policy, state: CaseState, now: Instant): Instant {
  const [next = now] = nextReleaseInstants(policy, later(now, 1), 1)
  return leadOf(policyFor(policy, state), state).dates >= DAYS_A_WEEK ? next : now
}

const DAYS_A_WEEK = 7
