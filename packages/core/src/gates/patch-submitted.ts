import { branchesToFix, hasLivePatch } from '../state/stage.ts'
import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** There is a patch to judge on the branch that is meant. */
export const patchSubmitted: Gate = ({ state, request }) => {
  const wanted = branchOf(request)
  const branches = branchesToFix(state).filter((branch) => wanted === undefined || branch.name === wanted)
  if (branches.some(hasLivePatch)) return undefined
  return refuse(
    'patch-submitted',
    wanted === undefined ? 'No patch has been submitted.' : `No patch for ${wanted} has been submitted.`,
    anyTeamMember('submits it', 'patch'),
  )
}

function branchOf(request: object): string | undefined {
  if ('branch' in request && typeof request.branch === 'string') return request.branch
  return undefined
}
