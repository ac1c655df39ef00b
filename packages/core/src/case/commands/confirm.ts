import type { PersonRequest } from '../command.ts'
import type { Remediator } from '../../events/answers.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { accepted } from '../../policy/gates/accepted.ts'
import { patchSubmitted } from '../../policy/gates/patch-submitted.ts'
import { publicationNotBegun } from '../../policy/gates/publication-not-begun.ts'
import { branchToConfirm, reporterVerified, verifierIsNotAuthor } from '../../policy/gates/verification.ts'
import { readiness } from './readiness.ts'
import { onCase, senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

/** Records the verification of the live patch, or asks for changes. It holds for one hash. */
export const confirm: Handler<Extract<PersonRequest, { verb: 'confirm' }>> = {
  gates: [accepted, patchSubmitted, verifierIsNotAuthor, reporterVerified, publicationNotBegun],
  decide: (context) => {
    const { request, person } = context
    const branch = branchToConfirm(context)
    if (branch?.fix === undefined || branch.fix.is === 'assigned' || person === undefined) {
      return senseless('Several patches wait, or none.', you('name the branch', 'confirm'))
    }
    if (branch.fix.is === 'changes-requested') {
      return senseless(
        'Changes were asked of this patch, so it waits for another one.',
        you('submit the better patch; that one is confirmed', 'patch'),
      )
    }
    const { sha256 } = branch.fix
    const by: Remediator = { kind: 'person', person: person.id }
    if (!request.fixed) {
      const event: CaseEvent = {
        type: 'ChangesRequested',
        branch: branch.name,
        sha256,
        by,
        reason: request.note ?? 'no reason given',
      }
      return onCase(context, [event, ...readiness(context, [event])])
    }
    if (branch.fix.is === 'verified') return onCase(context, [], 'This patch is verified already.')
    const event: CaseEvent = {
      type: 'FixVerified',
      branch: branch.name,
      sha256,
      by,
      ...(request.note === undefined ? {} : { note: request.note }),
    }
    return onCase(context, [event, ...readiness(context, [event])])
  },
}
