import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Never waivable: only a case found valid, or worth hardening against, is worked on. */
export const validityDecided: Gate = ({ state }) => {
  if (state.rm === 'valid' || state.rm === 'accepted') return undefined
  const because =
    state.disposition === undefined
      ? 'Nobody has decided whether the report is valid.'
      : `The case is ${state.disposition}.`
  return refuse('validity-decided', because, anyTeamMember('decides with a disposition', 'triage'), { rm: state.rm })
}
