import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { PersonId } from '../src/index.ts'
import type { GateId, PersonRequest } from '../src/index.ts'
import { ana, ben, BLOB, CASE, OTHER_HASH, person, policyOf, Scenario } from './scenario.ts'

export const shown = { digest: OTHER_HASH, blob: BLOB }
export const cem = PersonId.parse('cem')
/** Three of the team, of whom only Ana is an admin. */
export const three = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })
export const handoff = (to = ben): PersonRequest => ({ verb: 'handoff', case: CASE, to })
export const take: PersonRequest = { verb: 'take', case: CASE }
export const remove = (who: PersonId): PersonRequest => ({
  verb: 'remove',
  case: CASE,
  person: who,
  reason: 'left the firm',
})
export const conflict = (who?: PersonId): PersonRequest => ({
  verb: 'conflict',
  case: CASE,
  reason: 'works for the vendor',
  ...(who === undefined ? {} : { person: who }),
})

/** Ana looks after it. */
export function owned(policy = three): Scenario {
  const scenario = new Scenario(policy).opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}
export const coordinator = ({ world }: Scenario) => world.case?.coordinator

/** A refusal: by which rule, of what, and in which words. */
export type Row = { gate: GateId; given: () => Scenario; request: PersonRequest; by: PersonId; says: string }
