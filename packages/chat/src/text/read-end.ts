import { DAY, embargoInForce, openProposal, policyFor } from '@embargo/core'
import type { CaseState, Instant, Policy } from '@embargo/core'
import { readDateAndRest } from './read-date-and-rest.ts'

const WITH_TIME = /^\s*\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/

/**
 * An end of the embargo as people type it, and what stands after it. A date without a time on the day on which the embargo
 * ends, or is proposed to end, means exactly that end; on any other day it means the opening of the release window.
 */
export function readEnd(
  text: string,
  policy: Policy,
  state: CaseState,
): { readonly at: Instant; readonly rest?: string } | undefined {
  const read = readDateAndRest(text, policyFor(policy, state).releaseWindow.from)
  if (read === undefined || WITH_TIME.test(text)) return read
  const known = [embargoInForce(state.em) ? state.em.end : undefined, openProposal(state.em)?.end]
  const at = known.find((end) => end !== undefined && isSameDay(end, read.at))
  return at === undefined ? read : { ...read, at }
}

const isSameDay = (one: Instant, other: Instant): boolean => Math.floor(one / DAY) === Math.floor(other / DAY)
