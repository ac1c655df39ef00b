import { pendingCommand } from '@embargo/core'
import type { TwoPeopleRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import { datesOf, openApprovals, previewFor, stalePreviewFor } from '../view.ts'
import type { InputsOf } from './inputs-by-verb.ts'

export const TWO_PEOPLE: InputsOf<TwoPeopleRequest> = {
  approve: (view) => [
    { verb: 'approve', case: CASE },
    ...openApprovals(view.state).flatMap((approval) => {
      const asItIs = previewFor(view, pendingCommand(approval))
      const asShown = { ...asItIs, digest: approval.digest }
      const base = { verb: 'approve', case: CASE, approval: approval.id } as const
      return [
        { ...base, typedCase: CASE, shown: asShown },
        { ...base, shown: asShown },
        ...(approval.digest === asItIs.digest ? [] : [{ ...base, typedCase: CASE, shown: asItIs }]),
        { ...base, typedCase: CASE, shown: stalePreviewFor(view, pendingCommand(approval)) },
      ]
    }),
  ],
  'approve.no': () => [{ verb: 'approve.no', case: CASE, reason: 'because' }],
  settle: ({ state, release }) =>
    [...state.parked, ...(release?.parked ?? [])].flatMap(({ effect }) =>
      (['went', 'again', 'withdrawn'] as const).map(
        (outcome) => ({ verb: 'settle', case: CASE, effect, outcome }) as const,
      ),
    ),
  waive: (view) => {
    const base = { verb: 'waive', case: CASE, reason: 'because' } as const
    const ofBranches = view.project.branches.flatMap(({ name: branch }) =>
      (['fix', 'reporter-check'] as const).map((rule) => ({ ...base, rule, branch })),
    )
    const ofDates = datesOf(view).others.flatMap((at) =>
      (['notice', 'hours'] as const).map((rule) => ({ ...base, rule, at })),
    )
    return [...ofBranches, ...ofDates, { ...base, rule: 'cve' } as const].map((bare) => ({
      ...bare,
      shown: previewFor(view, bare),
    }))
  },
}
