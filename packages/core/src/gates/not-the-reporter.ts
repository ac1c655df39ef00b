import { perhapsBarred } from './possibly-one-person.ts'
import { reporterWho } from '../state/people/seats.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Whoever sent a report stands on the other side of the table in this case, with every account that may be theirs. */
export const notTheReporter: Gate = ({ state, person, whole }) => {
  const who = person && reporterWho(whole, state, person.id)
  if (person === undefined || who === undefined) return undefined
  if (who.one === 'perhaps')
    return perhapsBarred('not-the-reporter', whole, {
      barred: who.person,
      person,
      because: 'reported this vulnerability',
    })
  return refuse('not-the-reporter', 'You reported this vulnerability, so you hold neither seat in its case.', [
    { who: 'another team member', how: 'runs it instead', here: true },
    { who: 'another team member', how: 'says so, if somebody else wrote in your name', verb: 'not-from' },
  ])
}
