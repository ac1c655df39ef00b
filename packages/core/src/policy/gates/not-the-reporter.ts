import { reportedIt } from '../../people/need-to-know.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Whoever sent a report stands on the other side of the table in this case. */
export const notTheReporter: Gate = ({ state, person }) =>
  person !== undefined && reportedIt(state, person.id)
    ? refuse('not-the-reporter', 'You reported this vulnerability, so you hold neither seat in its case.', [
        { who: 'another team member', how: 'runs it instead', here: true },
        { who: 'another team member', how: 'says so, if somebody else wrote in your name', verb: 'not-from' },
      ])
    : undefined
