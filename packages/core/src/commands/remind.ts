import { HOUR, isoInstant } from '../shared/instant.ts'
import { namedAt, roundKey } from '../deadlines/running-clocks.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import { resolveClock } from './resolve/clock.ts'
import { onCase } from './handler.ts'
import type { Handler } from './handler.ts'

/** If two people press at once, or one presses twice, the reporter must not get two mails. */
const REMINDED_FOR = HOUR

type Remind = Extract<PersonRequest, { verb: 'remind' }>

/** Sends the reminder of one deadline now, also of a duty after closing. Later reminders come at their usual time. */
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
