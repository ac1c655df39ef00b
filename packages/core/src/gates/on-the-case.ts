import { isInvited } from '../state/people/seated.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** The right to act comes from the case's own list, not from being in the channel. */
export const onTheCase: Gate = ({ state, person, request }) =>
  person !== undefined &&
  (state.people[person.id] !== undefined || (request.verb === 'consent' && isInvited(state, person.id)))
    ? undefined
    : refuse('on-the-case', 'You are not among the people of this case.', [
        { who: 'the coordinator or an admin', how: 'invites you to the case' },
      ])
