import { projectOf, publicLists } from '../state/project.ts'
import { defineGate, refuse } from './gate.ts'
import { since } from './facts.ts'

/**
 * A publication must reach readers outside. A project without a public list must publish elsewhere and record the link
 * before the reporter and the recipients are told.
 */
export const reachesThePublic = defineGate({
  id: 'reaches-the-public',
  rule: 'The project needs a public mailing list on which a publication is announced, unless the vulnerability is public already.',
  check: ({ policy, state }) => {
    if (publicLists(projectOf(policy, state)).length > 0 || state.cs.public !== undefined) return undefined
    return refuse('reaches-the-public', 'The project has no list to announce on, so nothing would become public.', [
      { who: 'an admin', how: 'sets announce or ossSecurity of the project in the policy' },
      {
        who: 'any team member',
        how: 'publishes it in another way, and says where',
        verb: 'signal.public',
        instead: true,
      },
    ])
  },
  passes: ({ policy, state }) => {
    const lists = publicLists(projectOf(policy, state)).length
    return lists === 0
      ? `It is public${since(state.cs.public)}.`
      : `The project announces on ${lists === 1 ? 'a list' : 'two lists'}.`
  },
  means: 'Without a list, the publication would be marked as done although nobody could have read it.',
  instead:
    'An admin sets `announce` or `ossSecurity` of the project; or publish in another way, and say where with `signal public`.',
})
