import { waitingCommand } from '../../../case/second/index.ts'
import type { TwoPeopleRequest } from '../../../case/requests/two-people.ts'
import { CASE } from '../arena.ts'
import { openApprovals, shownFor, staleFor } from '../view.ts'
import type { InputsOf } from './inputs.ts'

export const TWO_PEOPLE: InputsOf<TwoPeopleRequest> = {
  approve: (view) => [
    { verb: 'approve', case: CASE },
    ...openApprovals(view.state).flatMap((approval) => {
      const asItIs = shownFor(view, waitingCommand(approval))
      const asShown = { ...asItIs, digest: approval.digest }
      const base = { verb: 'approve', case: CASE, approval: approval.id } as const
      return [
        { ...base, typedCase: CASE, shown: asShown },
        { ...base, shown: asShown },
        ...(approval.digest === asItIs.digest ? [] : [{ ...base, typedCase: CASE, shown: asItIs }]),
        { ...base, typedCase: CASE, shown: staleFor(view, waitingCommand(approval)) },
      ]
    }),
  ],
  refuse: () => [{ verb: 'refuse', case: CASE, reason: 'because' }],
  settle: ({ state, release }) =>
    [...state.parked, ...(release?.parked ?? [])].flatMap(({ effect }) =>
      (['went', 'again'] as const).map((outcome) => ({ verb: 'settle', case: CASE, effect, outcome }) as const),
    ),
  waive: (view) =>
    view.project.branches.map(({ name }) => {
      const bare = { verb: 'waive', case: CASE, rule: 'fix-ready', branch: name, reason: 'because' } as const
      return { ...bare, shown: shownFor(view, bare) }
    }),
}
