import { answerPromised } from './promise.ts'
import { teamName } from '../state/people/team-name.ts'
import { latest } from '../shared/instant.ts'
import { after } from '../policy/calendar.ts'
import { inThisRound } from './clock.ts'
import type { Moment } from './clock.ts'
import { defineDeadline } from './definition.ts'
import { momentAt, URGENT_FRACTIONS } from './moments.ts'

/**
 * Runs from the arrival of the report to the day that our receipt mail promises. If a case that nobody acknowledged is
 * reopened, the deadline starts at the reopening. If the report is still not acknowledged when the policy's time
 * `breach` is over, the admins are told.
 */
export const acknowledge = defineDeadline({
  name: 'acknowledge',
  words: 'acknowledge the report',
  starts: 'the report comes in, or an unacknowledged case is reopened',
  due: '{clocks.acknowledge.target} later; if nobody is at work in that time, the time starts when somebody is back. The admins are told after {clocks.acknowledge.breach}',
  priority: 4,
  mailedAtOnce: true,
  button: { label: 'Acknowledge', verb: 'ack' },
  verbs: ['ack'],
  runs: ({ policy, state }) => {
    if (state.acknowledgedAt !== undefined || state.rm !== 'received') return []
    const { target, breach } = policy.clocks.acknowledge
    const { by, nobodyBefore = state.openedAt } = answerPromised(policy, state)
    const start = inThisRound(state, nobodyBefore)
    const due = start === nobodyBefore ? by : after(policy.calendar, start, target)
    // The admins are told when the policy's time `breach` is over. If the promised time is even later, for example
    // because of holidays, they are told at that time.
    const breachAt = latest(due, after(policy.calendar, inThisRound(state, state.openedAt), breach))
    const moments: readonly Moment[] = [
      ...URGENT_FRACTIONS.map((fraction) => momentAt(start, due, fraction)),
      { fraction: Math.max(1.001, (breachAt - start) / (due - start)), at: breachAt, breach: true, hears: 'admins' },
    ]
    return [{ start, due, round: state.round, owner: teamName(policy), moments }]
  },
})
