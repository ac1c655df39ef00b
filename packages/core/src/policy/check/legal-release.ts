import { proposedRelease } from '../../case/commands/prenotify.ts'
import type { CaseState } from '../../case/state.ts'
import type { Instant } from '../../shared/instant.ts'
import { policyFor } from '../policy-for.ts'
import type { Policy } from '../schema.ts'
import { nextReleaseInstants } from '../calendar.ts'
import { leadOf } from '../lead.ts'
import { later } from '../../shared/instant.ts'

const known = new WeakMap<Policy, Map<string, Instant | undefined>>()

/** The first date that lead and window allow, remembered: it is asked of every place, and depends on the case's policy alone. */
export function legalRelease(policy: Policy, state: CaseState, now: Instant): Instant | undefined {
  const own = policyFor(policy, state)
  const ofPolicy = known.get(own) ?? new Map<string, Instant | undefined>()
  known.set(own, ofPolicy)
  const key = `${state.severity ?? 'unrated'}:${now}`
  if (!ofPolicy.has(key)) ofPolicy.set(key, proposedRelease(policy, state, now))
  return ofPolicy.get(key)
}

/**
 * A date that comes too soon. Where the lead is a week, the window opens before every legal date; where it is shorter, that
 * hangs on the day, and this very moment is too soon always.
 */
export function soonRelease(policy: Policy, state: CaseState, now: Instant): Instant {
  const [next = now] = nextReleaseInstants(policy, later(now, 1), 1)
  return leadOf(policyFor(policy, state), state).dates >= DAYS_A_WEEK ? next : now
}

const DAYS_A_WEEK = 7
