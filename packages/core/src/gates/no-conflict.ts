import { barredPersonRefusal } from './same-person-refusal.ts'
import { matchingConflict } from '../state/people/access.ts'
import { defineGate, refuse } from './gate.ts'
import { callerName } from './facts.ts'

/**
 * This gate can never be waived: a person with a conflict of interest can neither act nor approve in the case, with any
 * of their accounts.
 */
export const noConflict = defineGate({
  id: 'no-conflict',
  rule: 'Nobody with a conflict of interest works on the case.',
  check: ({ state, person, whole }) => {
    const match = person && matchingConflict(whole, state, person.id)
    if (person === undefined || match === undefined) return undefined
    if (match.one === 'perhaps')
      return barredPersonRefusal('no-conflict', whole, {
        barred: match.person,
        person,
        because: 'has a conflict of interest in this case',
      })
    return refuse(
      'no-conflict',
      'A conflict of interest is declared for you in this case, so you cannot act or approve in it.',
      [{ who: 'another team member', how: 'runs it instead' }],
    )
  },
  passes: (context) => `No conflict of interest is declared for ${callerName(context)}.`,
  means:
    'A person with a declared conflict of interest (`people conflict`, which an admin can also run for them) can neither act nor approve in the case.',
  instead: 'Another team member runs the command.',
})
