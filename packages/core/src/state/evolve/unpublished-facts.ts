import type { CaseState } from '../state.ts'

type UnpublishedFacts = NonNullable<CaseState['unpublished']>

/**
 * Notes that a CVE id, a credit or the link of the advisory came too late for the publication, until a correction puts
 * it into the record.
 */
export const withUnpublished = (state: CaseState, what: UnpublishedFacts[number]): CaseState => ({
  ...state,
  unpublished: [...(state.unpublished ?? []).filter((one) => one !== what), what],
})

export function withoutUnpublished(
  { unpublished = [], ...state }: CaseState,
  what: UnpublishedFacts[number],
): CaseState {
  const rest = unpublished.filter((one) => one !== what)
  return rest.length === 0 ? state : { ...state, unpublished: rest }
}
