import { roundKey } from '../deadlines/running-clocks.ts'
import { DAY, isoInstant, later } from '../shared/instant.ts'
import type { Moment } from '../deadlines/clock.ts'
import type { Instant } from '../shared/instant.ts'
import { resolveClock } from './resolve/clock.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * The longest pause of reminders. If people need a longer pause, they should change the policy's time for the deadline
 * instead, because everybody sees the policy.
 */
const LONGEST_SNOOZE = 30 * DAY

/**
 * Snoozes the reminders of one running deadline, even in a closed case. Escalations still come, and the deadline still
 * takes effect when its time is up.
 */
export const remindLater = defineRequest({
  verb: 'remind.later',
  gates: [],
  decide: (context) => {
    const { request, state, at } = context
    const clock = resolveClock(context, request.clock)
    if ('ok' in clock) return clock
    const { until, reason } = request
    if (until <= at) return senseless('That time has passed.', you('name a later one', 'remind.later'))
    if (until - at > LONGEST_SNOOZE)
      return senseless('Reminders can pause for at most 30 days.', you('name an earlier time', 'remind.later'))
    const note = restsUntil(clock.moments, until)
    if (state.snoozed?.[roundKey(clock)] === until) return nothingToDo(note)
    return onCase(context, [{ type: 'ClockSnoozed', clock: clock.clock, round: clock.round, until, reason }], note)
  },
  inputs: ({ id, now }) => [
    { verb: 'remind.later', case: id, clock: 'embargo-end', until: later(now, DAY), reason: 'because' },
  ],
})

/** Says until when the reminders are snoozed, and which announcement still comes in that time. */
function restsUntil(moments: readonly Moment[], until: Instant): string {
  const first = moments.find(({ breach, prompt, at }) => (breach === true || prompt === true) && at < until)
  const rests = `The reminders pause until ${isoInstant(until)}.`
  return first === undefined
    ? rests
    : `${rests} But if nobody acts, the next announcement still comes at ${isoInstant(first.at)}.`
}
