import type { PersonRequest } from '../vocabulary/command.ts'
import type { Remediator } from '../events/answers.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { caseAccepted } from '../gates/case-accepted.ts'
import { frozen } from '../gates/frozen.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { branchesToFix } from '../state/stage.ts'
import { readiness } from './readiness.ts'
import { onCase, senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'
import { verificationRequest } from './verification-request.ts'

type PatchSubmit = Extract<PersonRequest, { verb: 'patch' }>

/** Attaches a patch by its hash and asks for its verification. Submitting the same hash again changes nothing. */
export const patchSubmit: Handler<PatchSubmit> = {
  gates: [caseAccepted, publicationNotBegun, frozen],
  decide: (context) => {
    const { state, request, person } = context
    const assigned = branchesToFix(state).filter((branch) => branch.fix !== undefined)
    const branch =
      request.branch === undefined
        ? assigned.length === 1
          ? assigned[0]
          : undefined
        : assigned.find((one) => one.name === request.branch)
    if (branch?.fix === undefined || person === undefined) {
      const several = request.branch === undefined && assigned.length > 1
      return several
        ? senseless(
            'Several branches are assigned, and none is named.',
            you(`name one of ${assigned.map(({ name }) => name).join(', ')}`, 'patch'),
          )
        : senseless(
            `Nobody is assigned to ${request.branch ?? 'write a patch'}.`,
            you('assign it first', 'assign-patch'),
          )
    }
    if (branch.fix.is !== 'assigned' && branch.fix.sha256 === request.sha256)
      return onCase(context, [], 'This patch is attached already.')
    const author: Remediator = request.author ?? { kind: 'person', person: person.id }
    const submitted: CaseEvent = {
      type: 'PatchSubmitted',
      branch: branch.name,
      sha256: request.sha256,
      blob: request.blob,
      fileName: request.fileName,
      author,
      ...(request.link === undefined ? {} : { link: request.link }),
    }
    const asked = verificationRequest(context, { branch: branch.name, sha256: request.sha256, author })
    return onCase(context, [submitted, ...readiness(context, [submitted]), asked])
  },
}
