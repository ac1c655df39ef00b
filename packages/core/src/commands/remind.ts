import { HOUR, isoInstant } from '../shared/instant.ts'
import { namedAt, roundKey } from '../deadlines/running-clocks.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import { resolveClock } from './resolve/clock.ts'
import { onCase } from './handler.ts'
import type { Handler } from './handler.ts'

/** Two people who press at once, or one who presses twice, must not write to the reporter twice. */
const REMINDED_FOR = HOUR

type Remind = Extract<PersonRequest, { verb: 'remind' }>

/** The reminder of one clock, now, also of what is owed after closing. What is still to be told is told in its time all the same. */
export const remind: Handler<Remind> = {
  gates: [],
  decide: (context) => {
    const { policy, request, state, at } = context
    const meant = resolveClock(context, request.clock)
    if ('ok' in meant) return meant
    const { clock, round, due } = meant
    const key = roundKey(meant)
    const last = state.reminded?.[key]
    if (last !== undefined && at - last < REMINDED_FOR)
      return onCase(context, [], `It was reminded of at ${isoInstant(last)}, less than an hour ago.`)
    const fraction = state.told[key] ?? 0
    const first = namedAt(meant, policy, state, at)
    return onCase(context, [
      { type: 'ReminderDue', clock, round, fraction, due, hears: 'owner', asked: true, ...first },
    ])
  },
}
