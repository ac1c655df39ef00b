import { branchesToFix, hasLivePatch } from '../state/stage.ts'
import { anyTeamMember, defineGate, refuse } from './gate.ts'
import { branchFact } from './facts.ts'

/** Passes if the branch has a patch that people can confirm or refuse. */
export const patchSubmitted = defineGate({
  id: 'patch-submitted',
  rule: 'There must be a patch to judge.',
  inFact: true,
  check: ({ state, request }) => {
    const branchName = branchOf(request)
    const branches = branchesToFix(state).filter((branch) => branchName === undefined || branch.name === branchName)
    if (branches.some(hasLivePatch)) return undefined
    if (branchName !== undefined && branches.length === 0)
      return refuse(
        'patch-submitted',
        `${branchName} is not named as an affected branch, so it has no patch.`,
        anyTeamMember('names the branch', 'triage.affects'),
      )
    if (branches.every(({ fix }) => fix === undefined))
      return refuse(
        'patch-submitted',
        `Nobody is assigned to ${branchName ?? 'any branch'}, so it has no patch.`,
        anyTeamMember('assigns it', 'assign-patch'),
      )
    return refuse(
      'patch-submitted',
      branchName === undefined ? 'No patch has been submitted.' : `No patch for ${branchName} has been submitted.`,
      anyTeamMember('submits it', 'patch'),
    )
  },
  passes: (context) => {
    const live = branchesToFix(context.state).filter(hasLivePatch)
    return live.length === 0 ? 'No patch is submitted.' : live.map((one) => branchFact(context, one)).join(' ')
  },
  means: 'A verification holds for one patch and its hash.',
  instead: 'Any team member or maintainer attaches the patch with `patch`.',
})

function branchOf(request: object): string | undefined {
  if ('branch' in request && typeof request.branch === 'string') return request.branch
  return undefined
}
