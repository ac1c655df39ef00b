import { after, DAY, embargoInForce, later, MINUTE, openProposal } from '@embargo/core'
import type { CaseState, ExitReason, Instant, Policy } from '@embargo/core'
import type { Scenario } from '../scenario.ts'

/**
 * The distance between the latest end on which reporter and team may agree, and the end beyond this limit. The distance
 * is so large that the second end is beyond the limit even in a round that begins much later, and so odd that no
 * deadline falls on the second end by chance.
 */
const FAR = 97 * DAY + 7 * MINUTE

/**
 * The ends of an embargo that the exploration proposes: one on which reporter and team may agree, and one beyond that
 * limit. If the embargo is over, both are computed for a new round that begins now. The end beyond the limit is then a
 * day later, so that it never coincides with an end that was requested in the previous round.
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

/** Whether the embargo is over permanently, unless the case is reopened: no end can be proposed any longer. */
export const isOver = (em: CaseState['em']): boolean => em.is === 'exited' && FOR_GOOD.has(em.reason)

const FOR_GOOD: ReadonlySet<ExitReason> = new Set(['released', 'opened', 'unreachable', 'merged', 'closed'])

/**
 * How the end in force and the proposed end compare with the two ends that can be requested. This matters because the
 * earlier of two proposed ends counts. The key also says whether the two requestable ends are past.
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
