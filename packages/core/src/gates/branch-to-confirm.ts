import { branchesToFix } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import type { Branch } from '../state/fix/state.ts'
import type { Context } from './gate.ts'

/** The branches whose patches nobody has confirmed or refused yet. */
export const patchesToConfirm = (state: CaseState): readonly Branch[] =>
  branchesToFix(state).filter((branch) => branch.fix?.is === 'submitted')

/** The branch whose patch the request judges: the named branch, or the only branch with a patch to judge. */
export function branchToConfirm(context: Pick<Context, 'request' | 'state'>): Branch | undefined {
  const { request, state } = context
  const named = 'branch' in request ? request.branch : undefined
  const waiting = patchesToConfirm(state)
  if (named !== undefined) return branchesToFix(state).find((branch) => branch.name === named)
  return waiting.length === 1 ? waiting[0] : undefined
}
