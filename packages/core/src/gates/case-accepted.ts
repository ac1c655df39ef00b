import { anyTeamMember, refuse, refusesAs } from './gate.ts'
import type { Gate } from './gate.ts'
import { takenUp } from './reopen-first.ts'

export const accepted: Gate = refusesAs('fits-the-stage', (context) => {
  const { rm } = context.state
  if (rm === 'accepted') return undefined
  const lifts = takenUp(context) ?? anyTeamMember('assigns the patch, which accepts the case', 'assign-patch')
  return refuse('fits-the-stage', `The case is ${rm}, not accepted.`, lifts, { rm })
})
