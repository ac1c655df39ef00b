import { defineDeadline, LAST } from './definition.ts'
import { recurrence, reminderCount } from './recurrence.ts'

const WEEKLY = { amount: 7, unit: 'days' } as const

/** While the case waits for another party, the owner is reminded each week to ask that party. */
export const waitingOnParty = defineDeadline({
  name: 'waiting-on-party',
  words: 'ask the other party how far they are',
  freeText: true,
  starts: 'the case waits for the other party',
  due: 'every 7 days',
  hears: ['owner'],
  priority: LAST,
  runs: ({ policy, state }) => {
    if (state.waiting === undefined) return []
    const { since: start, party } = state.waiting
    const count = reminderCount(state, `waiting-on-party:${start}`)
    return [
      {
        start,
        about: `ask ${party} how far they are`,
        ...recurrence(policy, { start, every: WEEKLY, count, hears: 'owner' }),
      },
    ]
  },
})
