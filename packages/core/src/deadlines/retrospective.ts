import { after } from '../policy/calendar.ts'
import { defineDeadline, LAST } from './definition.ts'

/**
 * Runs from the time when the vulnerability became public, for any reason, until the lessons learned are recorded.
 */
export const retrospective = defineDeadline({
  name: 'retrospective',
  words: 'hold the retrospective',
  starts: 'the vulnerability is public',
  due: '{clocks.retrospective} later',
  priority: LAST,
  afterClosing: 'also',
  owedTo: 'team',
  verbs: ['retro'],
  runs: ({ policy, state }) => {
    const start = state.cs.public
    if (start === undefined || state.retrospective !== undefined) return []
    return [{ start, due: after(policy.calendar, start, policy.clocks.retrospective) }]
  },
})
