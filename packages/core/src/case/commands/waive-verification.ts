import type { PersonRequest } from '../command.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { accepted } from '../../policy/gates/accepted.ts'
import { patchSubmitted } from '../../policy/gates/patch-submitted.ts'
import { branchToConfirm } from '../../policy/gates/verification.ts'
import { publicationNotBegun } from '../../policy/gates/publication-not-begun.ts'
import { refuse } from '../../policy/gates/gate.ts'
import { readiness } from './readiness.ts'
import { onCase, refused, senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

/** The solo profile, where nobody else is: the author waives the branch. Recorded as waived, never as verified. */
export const waiveVerification: Handler<Extract<PersonRequest, { verb: 'waive-verification' }>> = {
  gates: [accepted, patchSubmitted, publicationNotBegun],
  decide: (context) => {
    const { policy, request } = context
    if (policy.profile !== 'solo' || policy.people.length > 1) {
      return refused(
        refuse('verifier-is-not-author', 'Somebody else is there to confirm the patch.', [
          { who: 'any team member who is not the author', how: 'confirms it', verb: 'confirm' },
        ]),
      )
    }
    const branch = branchToConfirm(context)
    const fix = branch?.fix
    if (branch === undefined || fix === undefined || fix.is === 'assigned' || fix.is === 'changes-requested') {
      return senseless('Several patches wait, or none.', you('name the branch', 'waive-verification'))
    }
    if (branch.waived !== undefined) return onCase(context, [], 'This branch is waived already.')
    const event: CaseEvent = {
      type: 'BranchWaived',
      branch: branch.name,
      sha256: fix.sha256,
      kind: 'unverified',
      reason: request.reason,
    }
    return onCase(context, [event, ...readiness(context, [event])])
  },
}
