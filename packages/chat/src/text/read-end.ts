import { embargoInForce, openProposal, policyFor } from '@embargo/core'
import type { CaseState, Instant, Policy } from '@embargo/core'
import { readDateAndRest } from './read-date-and-rest.ts'
import type { Zones } from './read-instant.ts'

/**
 * An end of the embargo as people type it, and the text after it. A date without a time means the opening of the
 * release window on that day. Exception: if the embargo ends or is proposed to end on that day, the date means exactly
 * that end.
 */
export function readEnd(
  text: string,
  policy: Policy,
  state: CaseState,
  zones: Zones = {},
): { readonly at: Instant; readonly rest?: string } | undefined {
  const planned = [embargoInForce(state.em) ? state.em.end : undefined, openProposal(state.em)?.end]
  return readDateAndRest(text, policyFor(policy, state).releaseWindow.from, planned, zones)
}
