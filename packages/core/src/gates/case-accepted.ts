import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'
import { reopenFirst } from './reopen-first.ts'

export const caseAccepted: Gate = {
  id: 'fits-the-stage',
  check: (context) => {
    const { rm } = context.state
    if (rm === 'accepted') return undefined
    const lifts = reopenFirst(context) ?? anyTeamMember('assigns the patch, which accepts the case', 'assign-patch')
    return refuse('fits-the-stage', `The case is ${rm}, not accepted.`, lifts, { rm })
  },
}
