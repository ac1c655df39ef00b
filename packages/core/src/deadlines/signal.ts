import { personOf } from '../state/people/directory.ts'
import { after } from '../policy/calendar.ts'
import type { PersonId } from '../shared/ids.ts'
import { defineDeadline, NOBODY_COULD_ANSWER } from './definition.ts'
import type { Run } from './definition.ts'

/**
 * Runs from a signal, such as a reported leak or attack, until a person says yes or no to it. If nobody says no in
 * time, the signal counts as true, even at night or on a holiday.
 */
export const signal = defineDeadline({
  name: 'signal',
  words: 'say yes or no to a signal',
  starts: 'somebody raises a signal',
  due: '{clocks.signalSilence} later',
  hears: ['team'],
  priority: 3,
  mailedAtOnce: true,
  afterClosing: 'also',
  atEnd: 'signal-counts',
  restart: {
    words: NOBODY_COULD_ANSWER,
    end: ({ policy: { calendar, clocks }, fraction, at }) =>
      fraction < 1 ? undefined : after(calendar, at, clocks.signalSilence),
  },
  runs: ({ state, policy }) => {
    const nameOf = (id: PersonId): string => personOf(policy, id)?.name ?? id
    return state.approvals.flatMap((approval): readonly Run[] => {
      const { id, yesFrom, askedAt, by, mode, status } = approval
      if (status !== 'open' || yesFrom === undefined) return []
      return [
        {
          of: id,
          start: askedAt,
          due: yesFrom,
          round: yesFrom,
          // Unless the mode is `second-look`, a second person must answer: any team member but the person who raised
          // the signal.
          ...(mode === 'second-look' ? {} : { owner: `any team member but ${nameOf(by)}` }),
          about: 'say yes or no to what was signalled; silence is a yes',
          moments: [{ fraction: 1, at: yesFrom, breach: true, prompt: true, hears: 'team' }],
        },
      ]
    })
  },
})
