import { anyTeamMember, defineGate, refuse } from './gate.ts'
import { reopenFirst } from './reopen-first.ts'
import { on } from './facts.ts'

/**
 * This gate can never be waived, because people work on a case only after its report was found `valid` or
 * `defense-in-depth` (a reason to harden the software).
 */
export const validityDecided = defineGate({
  id: 'validity-decided',
  rule: 'The report must first be found to be valid, or to be a reason to harden the software (defense-in-depth).',
  inFact: true,
  check: (context) => {
    const { rm, disposition } = context.state
    if (rm === 'valid' || rm === 'accepted') return undefined
    const decided =
      disposition === undefined ? 'Nobody has decided whether the report is valid.' : `The case is ${disposition}.`
    const because = rm === 'deferred' ? 'The case is deferred.' : decided
    const lifts = reopenFirst(context) ?? anyTeamMember('decides with a disposition', 'triage')
    return refuse('validity-decided', because, lifts, { rm })
  },
  passes: ({ state: { disposition, decidedAt, rm } }) =>
    disposition === undefined ? `The case is ${rm}.` : `It was found ${disposition}${on(decidedAt)}.`,
  means: 'Nothing is planned, fixed or published for a report until somebody has decided whether it is valid.',
  instead: 'Any team member records with `triage` that the report is valid, or defense-in-depth.',
})
