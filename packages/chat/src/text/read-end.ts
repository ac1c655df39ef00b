import { embargoInForce, openProposal, policyFor } from '@embargo/core'
import type { CaseState, Instant, Policy } from '@embargo/core'
import { readDateAndRest } from './read-date-and-rest.ts'
import type { Zones } from './read-instant.ts'

/**
 * Reads the end of an embargo and the text after it. A date without a time means the opening of the release window on
 * that day. Exception: if the current or proposed end of the embargo is on that day, the date means exactly that end.
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
