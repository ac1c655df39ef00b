import { HOUR, isoInstant } from '../shared/instant.ts'
import { namedAt, roundKey } from '../deadlines/running-clocks.ts'
import { resolveClock } from './resolve/clock.ts'
import { nothingToDo, onCase } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Within this time a second request sends nothing. Otherwise the reporter would get two mails if two people press the
 * button.
 */
const REMINDED_FOR = HOUR

/**
 * Sends the reminder of one deadline now. This also works for a deadline that runs after closing. Later reminders come
 * at their usual time.
 */
export const remind = defineRequest({
  verb: 'remind',
  gates: [],
  decide: (context) => {
    const { policy, request, state, at } = context
    const resolution = resolveClock(context, request.clock)
    if ('ok' in resolution) return resolution
    const { clock, round, due } = resolution
    const key = roundKey(resolution)
    const last = state.reminded?.[key]
    if (last !== undefined && at - last < REMINDED_FOR)
      return nothingToDo(`A reminder was sent at ${isoInstant(last)}, less than an hour ago.`)
    const fraction = state.told[key] ?? 0
    const first = namedAt(resolution, policy, state, at)
    return onCase(context, [
      { type: 'ReminderDue', clock, round, fraction, due, hears: 'owner', asked: true, ...first },
    ])
  },
  // One clock is enough for `packages/policy-check`, because no rule depends on a reminder.
  inputs: ({ id }) => [{ verb: 'remind', case: id, clock: 'embargo-end' }],
})
