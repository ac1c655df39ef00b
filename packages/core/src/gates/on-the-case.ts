import { isInvited } from '../state/people/access.ts'
import { defineGate, refuse } from './gate.ts'
import { callerName } from './facts.ts'

/** Only the case's own list of people gives the right to act. Being in the channel does not. */
export const onTheCase = defineGate({
  id: 'on-the-case',
  rule: 'Only people on the case can do this.',
  inFact: true,
  check: ({ state, person, request }) =>
    person !== undefined &&
    (state.people[person.id] !== undefined || (request.verb === 'people.consent' && isInvited(state, person.id)))
      ? undefined
      : refuse('on-the-case', 'You are not on this case.', [
          { who: 'the coordinator or an admin', how: 'invites you to the case' },
        ]),
  passes: (context) => {
    const seat = context.person === undefined ? undefined : context.state.people[context.person.id]
    return seat === undefined
      ? `${callerName(context)} is invited to the case.`
      : `${callerName(context)} is on it as ${seat}.`
  },
  means: 'The right to act comes from the case’s list of people, not from being in its channel.',
  instead: 'The coordinator or an admin invites the person with `people invite`.',
})
