import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'
import { reopenFirst } from './reopen-first.ts'

/** Never waivable: only a case found valid, or worth hardening against, is worked on. */
export const validityDecided: Gate = (context) => {
  const { rm, disposition } = context.state
  if (rm === 'valid' || rm === 'accepted') return undefined
  const decided =
    disposition === undefined ? 'Nobody has decided whether the report is valid.' : `The case is ${disposition}.`
  const because = rm === 'deferred' ? 'The case is deferred.' : decided
  const lifts = reopenFirst(context) ?? anyTeamMember('decides with a disposition', 'triage')
  return refuse('validity-decided', because, lifts, { rm })
}
