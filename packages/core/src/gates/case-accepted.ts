import { branchesToFix } from '../state/stage.ts'
import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'
import { reopenFirst } from './reopen-first.ts'
import { severityRated } from './severity-rated.ts'

export const caseAccepted: Gate = {
  id: 'fits-the-stage',
  check: (context) => {
    const { rm } = context.state
    if (rm === 'accepted') return undefined
    const reopens = reopenFirst(context)
    if (reopens === undefined && branchesToFix(context.state).length === 0)
      return refuse(
        'fits-the-stage',
        `The case is ${rm}, not accepted, and no affected branch is named.`,
        anyTeamMember('names the affected branches', 'triage.affects'),
        { rm },
      )
    const lifts = reopens ?? anyTeamMember('assigns the patch, which accepts the case', 'assign-patch')
    return refuse('fits-the-stage', `The case is ${rm}, not accepted.`, lifts, { rm })
  },
}

/**
 * A case that is published as unfixed need not be accepted first: it must only be valid and rated. The publication
 * itself accepts the case.
 */
export const acceptedOrUnfixed: Gate = {
  id: 'fits-the-stage',
  check: (context) => {
    const { state, request } = context
    const unfixed = request.verb === 'disclose' && request.unfixed !== undefined && request.case === state.id
    if (!unfixed || state.rm !== 'valid') return caseAccepted.check(context)
    return severityRated.check(context)
  },
}
