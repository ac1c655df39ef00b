import { projectOf, publicLists } from '../state/project.ts'
import { refuse, refusesAs } from './gate.ts'
import type { Gate } from './gate.ts'

/**
 * A publication is one when somebody outside can read it. Where the project has no list to announce on, people publish in
 * their own way and record where; after that the reporter and the recipients may hear that it is public.
 */
export const reachesThePublic: Gate = refusesAs('reaches-the-public', ({ policy, state }) => {
  if (publicLists(projectOf(policy, state)).length > 0 || state.cs.public !== undefined) return undefined
  return refuse('reaches-the-public', 'The project has no list to announce on, so nothing would become public.', [
    { who: 'an admin', how: 'sets announce or ossSecurity of the project in the policy' },
    { who: 'any team member', how: 'publishes it in another way, and says where', verb: 'signal-public' },
  ])
})
