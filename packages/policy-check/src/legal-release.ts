import { later, leadOf, nextReleaseInstants, policyFor, proposedRelease } from '@embargo/core'
import type { CaseState, Instant, Policy } from '@embargo/core'

const releaseCache = new WeakMap<Policy, Map<string, Instant | undefined>>()

/** The first release date that the lead and the release window allow. Every state needs it, so it is cached. */
export function legalRelease(policy: Policy, state: CaseState, now: Instant): Instant | undefined {
  const own = policyFor(policy, state)
  const ofPolicy = releaseCache.get(own) ?? new Map<string, Instant | undefined>()
  releaseCache.set(own, ofPolicy)
  const key = `${state.severity ?? 'unrated'}:${now}`
  if (!ofPolicy.has(key)) ofPolicy.set(key, proposedRelease(policy, state, now))
  return ofPolicy.get(key)
}

/**
 * A release date that is too soon. If a release of the case needs a lead time of a week or longer, the result is the
 * next opening of the release window, which is always too soon. If the lead time is shorter, the next opening can be
 * legal, so the result is the present moment.
 */
export function soonRelease(policy: Policy, state: CaseState, now: Instant): Instant {
  const [next = now] = nextReleaseInstants(policy, later(now, 1), 1)
  return leadOf(policyFor(policy, state), state).dates >= DAYS_A_WEEK ? next : now
}

const DAYS_A_WEEK = 7
