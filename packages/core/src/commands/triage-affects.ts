import type { PersonRequest } from '../vocabulary/command.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { acknowledged } from '../gates/acknowledged.ts'
import { frozen } from '../gates/frozen.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import { projectOf } from '../state/project.ts'
import type { Branch } from '../state/state.ts'
import { readiness } from './readiness.ts'
import { onCase, senseless, you } from './handler.ts'
import { defineRequest } from './define-request.ts'

/** Records whether a branch is affected. The project's list of branches says which are supported. */
export const triageAffects = defineRequest({
  verb: 'triage.affects',
  gates: [acknowledged, validityDecided, publicationNotBegun, frozen],
  decide: (context) => {
    const { state, request, policy } = context
    const { branch, affected, range, fixedVersion } = request
    const known = projectOf(policy, state).branches.find((one) => one.name === branch)
    if (known === undefined) {
      const names = projectOf(policy, state)
        .branches.map((one) => one.name)
        .join(', ')
      return senseless(
        `The project has no branch "${branch}".`,
        you(`name one of ${names}, or add it to the policy`, 'triage.affects'),
      )
    }
    const recorded = state.branches.find(({ name }) => name === branch)
    if (recorded !== undefined && isSame(recorded, { ...request, supported: known.supported }))
      return onCase(context, [], `That is recorded for ${branch} already.`)
    const event: CaseEvent = {
      type: 'AffectedBranchSet',
      branch,
      affected,
      supported: known.supported,
      ...(range === undefined ? {} : { range }),
      ...(fixedVersion === undefined ? {} : { fixedVersion }),
    }
    return onCase(context, [event, ...readiness(context, [event])])
  },
  inputs: ({ id, branches }) =>
    branches.flatMap((branch) =>
      [true, false].map((affected) => ({ verb: 'triage.affects', case: id, branch, affected }) as const),
    ),
})

type Said = Extract<PersonRequest, { verb: 'triage.affects' }> & { readonly supported: boolean }

/** Whether the request changes nothing: a part that is left out keeps its value. */
const isSame = (recorded: Branch, { affected: is, range, fixedVersion, supported }: Said): boolean =>
  recorded.affected === is &&
  recorded.supported === supported &&
  (range === undefined || range === recorded.range) &&
  (fixedVersion === undefined || fixedVersion === recorded.fixedVersion)
