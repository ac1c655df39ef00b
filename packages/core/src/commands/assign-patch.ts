import type { PersonRequest } from '../vocabulary/command.ts'
import type { Remediator } from '../events/answers.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { acknowledged } from '../gates/acknowledged.ts'
import type { Context } from '../gates/gate.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { remediatorWilling } from '../gates/remediator-willing.ts'
import { severityRated } from '../gates/severity-rated.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import { branchesToFix } from '../state/stage.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { invitedFirst } from './people-invite.ts'

type AssignPatch = Extract<PersonRequest, { verb: 'assign-patch' }>

/** Accepts the case and names who writes the patch, for one branch or for all affected supported branches. */
export const assignPatch = defineRequest({
  verb: 'assign-patch',
  gates: [acknowledged, validityDecided, severityRated, remediatorWilling, publicationNotBegun],
  decide: (context) => {
    const { state, request } = context
    const known = branchesToFix(state).map((branch) => branch.name)
    const branches = request.branches.length === 0 ? known : request.branches
    const missing = branches.filter((branch) => !known.includes(branch))
    if (branches.length === 0 || missing.length > 0) {
      return senseless(
        missing.length > 0
          ? `${missing.join(', ')} is not an affected and supported branch.`
          : 'No affected supported branch is named yet.',
        you('name the affected branches first', 'triage.affects'),
      )
    }
    const remediator = remediatorOf(context)
    if (remediator === undefined) {
      return senseless('That person is not on this case.', [invitedFirst(context, request.to)])
    }
    const waiting = branches.filter(
      (name) => !sameRemediator(branchesToFix(state).find((one) => one.name === name)?.fix?.remediator, remediator),
    )
    if (waiting.length === 0) return nothingToDo('The patch is assigned to that person already, so nothing was sent.')
    const accept: readonly CaseEvent[] = state.rm === 'accepted' ? [] : [{ type: 'CaseAccepted' }]
    return onCase(context, [...accept, { type: 'PatchAssigned', branches: [...waiting], remediator }])
  },
  inputs: ({ id, people, branches }) =>
    [...people, 'reporter' as const].flatMap((to) =>
      branches.map((branch) => ({ verb: 'assign-patch', case: id, to, branches: [branch] }) as const),
    ),
})

const sameRemediator = (a: Remediator | undefined, b: Remediator): boolean =>
  a !== undefined && JSON.stringify(a) === JSON.stringify(b)

function remediatorOf({ state, request }: Context<AssignPatch>): Remediator | undefined {
  if (request.to !== 'reporter')
    return state.people[request.to] === undefined ? undefined : { kind: 'person', person: request.to }
  const willing = state.reports.find((report) => report.willing === true)
  return willing === undefined ? undefined : { kind: 'reporter', report: willing.id }
}
