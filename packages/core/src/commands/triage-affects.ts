import type { AffectedBranch } from '../events/case/fix.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { acknowledged } from '../gates/acknowledged.ts'
import { frozen } from '../gates/frozen.ts'
import type { Context } from '../gates/gate.ts'
import { refuse } from '../gates/gate.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import { projectOf } from '../state/project.ts'
import type { Branch } from '../state/fix/state.ts'
import type { Refusal } from '../vocabulary/decision.ts'
import { readiness } from './readiness.ts'
import { nothingToDo, onCase, refused, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/** Records whether a branch is affected. Which branches are supported is in the project's list of branches. */
export const triageAffects = defineRequest({
  verb: 'triage.affects',
  gates: [acknowledged, validityDecided, publicationNotBegun, frozen],
  decide: (context) => {
    const { branch } = context.request
    const recorded = branchRecorded(context, context.request)
    if (recorded === undefined) return nothingToDo(`That is recorded for ${branch} already.`)
    return 'gate' in recorded ? refused(recorded) : onCase(context, [recorded, ...readiness(context, [recorded])])
  },
  inputs: ({ id, branches }) =>
    branches.flatMap((branch) =>
      [true, false].map((affected) => ({ verb: 'triage.affects', case: id, branch, affected }) as const),
    ),
})

type BranchSet = Extract<CaseEvent, { type: 'AffectedBranchSet' }>

/** The event that records whether a branch is affected, or a refusal. Undefined if the same is recorded already. */
export function branchRecorded(
  { state, policy, request: { verb } }: Context,
  { branch, affected, range, fixedVersion }: AffectedBranch,
): BranchSet | Refusal | undefined {
  const { branches } = projectOf(policy, state)
  const known = branches.find((one) => one.name === branch)
  if (known === undefined) {
    const names = branches.map((one) => one.name).join(', ')
    return refuse(
      'makes-sense',
      `The project has no branch "${branch}".`,
      you(`name one of ${names}, or add it to the policy`, verb),
    )
  }
  const details = {
    branch,
    affected,
    supported: known.supported,
    ...(range === undefined ? {} : { range }),
    ...(fixedVersion === undefined ? {} : { fixedVersion }),
  }
  const recorded = state.branches.find(({ name }) => name === branch)
  return recorded !== undefined && isSame(recorded, details) ? undefined : { type: 'AffectedBranchSet', ...details }
}

type BranchDetails = AffectedBranch & { readonly supported: boolean }

/** Whether the request changes nothing: a part that is left out keeps its value. */
const isSame = (recorded: Branch, { affected: is, range, fixedVersion, supported }: BranchDetails): boolean =>
  recorded.affected === is &&
  recorded.supported === supported &&
  (range === undefined || range === recorded.range) &&
  (fixedVersion === undefined || fixedVersion === recorded.fixedVersion)
