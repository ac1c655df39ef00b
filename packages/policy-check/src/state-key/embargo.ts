import { after, DAY, embargoInForce, later, MINUTE, openProposal } from '@embargo/core'
import type { CaseState, ExitReason, Instant, Policy } from '@embargo/core'
import type { Scenario } from '../scenario.ts'

/**
 * So far that it is still beyond the limit in a round that begins much later, and no deadline falls on it by chance.
 */
const FAR = 97 * DAY + 7 * MINUTE

/**
 * The ends that are proposed: one on which reporter and team can agree, and one beyond. A later round begins now, and
 * its end beyond is another date, so that it never coincides with the one that was requested in the round before.
 */
export function requestableEnds(
  policy: Policy,
  { em, embargoFrom, openedAt }: CaseState,
  now: Instant,
): { readonly within: Instant; readonly beyond: Instant } {
  const from = em.is === 'exited' ? now : (embargoFrom ?? openedAt)
  const within = after(policy.calendar, from, policy.embargo.agreedMost)
  return { within, beyond: later(within, em.is === 'exited' ? FAR + DAY : FAR) }
}

/** Ended for good, unless the case is reopened: no end is proposed any more. */
export const isOver = (em: CaseState['em']): boolean => em.is === 'exited' && FOR_GOOD.has(em.reason)

const FOR_GOOD: ReadonlySet<ExitReason> = new Set(['released', 'opened', 'unreachable', 'merged', 'closed'])

/**
 * How the end in force, and the proposed one, compare with what reporter and team can agree on, and with the requested
 * end beyond that: of two proposed ends the earlier one holds. And whether those are past.
 */
export function requestableEndsKey({ policy, coarse }: Scenario, state: CaseState, now: Instant): string {
  if (coarse === true) return ''
  const { within, beyond } = requestableEnds(policy, state, now)
  const { em } = state
  const ends = [embargoInForce(em) ? em.end : undefined, openProposal(em)?.end]
  const named = ends.map((end) =>
    end === undefined ? '' : `${Math.sign(end - within)}${end > within ? Math.sign(end - beyond) : ''}`,
  )
  const inNextRound = requestableEnds(policy, { ...state, embargoFrom: now }, now).within
  return [...named, within <= now, beyond <= now, beyond > inNextRound].join('/')
}
