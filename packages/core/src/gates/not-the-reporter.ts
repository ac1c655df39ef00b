import { barredPersonRefusal } from './same-person-refusal.ts'
import { matchingReporter } from '../state/people/access.ts'
import { defineGate, refuse } from './gate.ts'
import { listAnd } from '../text/name-list.ts'
import { callerName } from './facts.ts'

/** The reporter is the other party in this case, so no account that may be theirs can act for the team. */
export const notTheReporter = defineGate({
  id: 'not-the-reporter',
  rule: 'Nobody may work on a case that they reported.',
  check: ({ state, person, whole }) => {
    const match = person && matchingReporter(whole, state, person.id)
    if (person === undefined || match === undefined) return undefined
    if (match.one === 'perhaps')
      return barredPersonRefusal('not-the-reporter', whole, {
        barred: match.person,
        person,
        because: 'reported this vulnerability',
      })
    return refuse(
      'not-the-reporter',
      'You reported this vulnerability, so you can neither act nor approve in its case.',
      [
        { who: 'another team member', how: 'runs it instead', here: true },
        {
          who: 'another team member',
          how: 'records that somebody else wrote in your name, if that is so',
          verb: 'people.not-reporter',
        },
      ],
    )
  },
  passes: ({ state: { reports }, person }) =>
    reports.length === 0
      ? 'Nobody reported this case.'
      : `${listAnd(reports.map(({ id }) => id))} did not come from ${callerName({ person })}.`,
  means: 'A team member who sent the report can neither act on it nor approve anything about it.',
  instead:
    'Another team member runs the command. If somebody else wrote the report in this person’s name, another team member says so with `people not-reporter`.',
})
