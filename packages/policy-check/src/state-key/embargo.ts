import { after, DAY, embargoInForce, later, MINUTE, openProposal } from '@embargo/core'
import type { CaseState, ExitReason, Instant, Policy } from '@embargo/core'
import type { Scenario } from '../scenario.ts'

/**
 * How much later the end `beyond` is than `within`, the latest end on which reporter and team may agree. `beyond` is so
 * late that they cannot agree on it even in a new embargo that begins much later. The number of minutes is unusual, so
 * no deadline falls on `beyond` by chance.
 */
const FAR = 97 * DAY + 7 * MINUTE

/**
 * The ends of an embargo that the exploration proposes. `within`: the latest end on which reporter and team may agree.
 * `beyond`: a later end. If the embargo is over, both are for a new embargo that begins now. In that case, `beyond` is
 * one more day later, so it never equals an end of the previous embargo.
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

/** Whether the embargo is over and no end can be proposed any longer, unless the case is reopened. */
export const isOver = (em: CaseState['em']): boolean => em.is === 'exited' && FOR_GOOD.has(em.reason)

const FOR_GOOD: ReadonlySet<ExitReason> = new Set(['released', 'opened', 'unreachable', 'merged', 'closed'])

/**
 * Compares the end in force and the proposed end with the two ends that can be requested, `within` and `beyond`. Also
 * says whether `within` and `beyond` are past.
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
