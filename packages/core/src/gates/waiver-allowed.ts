import { GATES } from './index.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/**
 * The policy says which gates may be waived and who may ask for a waiver. A second person approves the waiver as usual.
 */
export const waiverAllowed: Gate = {
  id: 'role',
  check: ({ policy, person, asker = person, request }) => {
    if (request.verb !== 'waive') return undefined
    const { rule: gate } = request
    const by = policy.waivers[gate] ?? 'nobody'
    if (by === 'nobody')
      return refuse('makes-sense', `This policy lets nobody waive ${gate}: ${GATES[gate].rule}`, [
        { who: 'an admin', how: 'says in the policy who may (waivers)' },
      ])
    if (by === 'team' || asker?.roles.includes('admin')) return undefined
    return refuse('role', `Under this policy an admin asks for a waiver of ${gate}.`, [
      { who: 'an admin', how: 'waives it', verb: 'waive' },
    ])
  },
}
