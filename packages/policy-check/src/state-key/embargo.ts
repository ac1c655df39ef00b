import { after, DAY, embargoInForce, later, MINUTE, openProposal } from '@embargo/core'
import type { CaseState, ExitReason, Instant, Policy } from '@embargo/core'
import type { Scenario } from '../scenario.ts'

/** So far beyond that it is beyond in a round that begins much later, too; and no deadline falls on it by chance. */
const FAR = 97 * DAY + 7 * MINUTE

/**
 * The ends that are named: one that reporter and team agree on alone, and one beyond it. A later round begins now, and the
 * one beyond is another then, so that it never happens to be the one that was asked for in the round before.
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

/** Ended for good, unless the case is taken up again: no end is asked for any more. */
export const isOver = (em: CaseState['em']): boolean => em.is === 'exited' && FOR_GOOD.has(em.reason)

const FOR_GOOD: ReadonlySet<ExitReason> = new Set(['released', 'opened', 'unreachable', 'merged', 'closed'])

/**
 * How the end that is in force, and the one that is proposed, stand to what reporter and team agree on alone, and to the
 * end beyond it that is asked for: of two that are named the earlier one is kept. And whether those are past.
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
