import type { CaseState } from '../state/state.ts'
import type { PersonId } from '../shared/ids.ts'
import type { WaivableGate } from '../shared/gate-id.ts'

/** Something that a person confirmed, requested, approved or waived, alone or together with a second person. */
export type ReviewItem =
  | { readonly is: 'confirmed'; readonly branch: string }
  | { readonly is: 'asked' | 'approved' | 'waits'; readonly verb: string }
  | { readonly is: 'waived'; readonly rule: WaivableGate; readonly about: string }

/**
 * Everything in an open case that a person confirmed, approved or requested. If that person's account was taken over,
 * people must check all of it again.
 */
export function reviewOf(state: CaseState, person: PersonId): readonly ReviewItem[] {
  if (state.rm === 'closed') return []
  const confirmed = state.branches.flatMap(({ name, fix }): readonly ReviewItem[] =>
    fix?.is === 'verified' && fix.verifier.kind === 'person' && fix.verifier.person === person
      ? [{ is: 'confirmed', branch: name }]
      : [],
  )
  const approvals = state.approvals.flatMap(({ status, by, givenBy, asked }): readonly ReviewItem[] => {
    const { verb }: { verb?: unknown } = Object(JSON.parse(asked))
    if (typeof verb !== 'string') return []
    if (status === 'open') return by === person ? [{ is: 'waits', verb }] : []
    if (status !== 'given') return []
    return givenBy === person ? [{ is: 'approved', verb }] : by === person ? [{ is: 'asked', verb }] : []
  })
  const waived = state.waivers.flatMap(({ gate, about, askedBy, by }): readonly ReviewItem[] =>
    askedBy === person || by === person ? [{ is: 'waived', rule: gate, about }] : [],
  )
  return [...confirmed, ...approvals, ...waived]
}
