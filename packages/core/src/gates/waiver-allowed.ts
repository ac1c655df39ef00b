import type { WaivableGate } from '../shared/gate-id.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import { GATES } from './index.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** The gate that the request waives. A correction can waive only `wording`, and only for the correction's own texts. */
function waivedBy(request: PersonRequest): WaivableGate | undefined {
  if (request.verb === 'waive') return request.rule
  return 'waive' in request && request.waive !== undefined ? 'wording' : undefined
}

/** The policy says which gates can be waived and who may ask for a waiver. A second person must approve each waiver. */
export const waiverAllowed: Gate = {
  id: 'role',
  check: ({ policy, person, asker = person, request }) => {
    const gate = waivedBy(request)
    if (gate === undefined) return undefined
    const by = policy.waivers[gate] ?? 'nobody'
    if (by === 'nobody')
      return refuse('makes-sense', `This policy lets nobody waive the rule “${gate}”: ${GATES[gate].rule}`, [
        { who: 'an admin', how: 'says under “waivers” in the policy who can waive it' },
      ])
    if (by === 'team' || asker?.roles.includes('admin')) return undefined
    return refuse('role', `Under this policy, only an admin can ask for a waiver of ${gate}.`, [
      { who: 'an admin', how: 'waives it', verb: 'waive' },
    ])
  },
}
