import { roundKey } from '../../policy/clocks/index.ts'
import { caseOpen } from '../../policy/gates/case-open.ts'
import type { PersonRequest } from '../command.ts'
import { clockMeant } from './clock-meant.ts'
import { onCase } from './handler.ts'
import type { Handler } from './handler.ts'

type Remind = Extract<PersonRequest, { verb: 'remind' }>

/** The reminder of one clock, now. What is still to be told of it is told in its time all the same. */
export const remind: Handler<Remind> = {
  gates: [caseOpen],
  decide: (context) => {
    const { request, state } = context
    const meant = clockMeant(context, request.clock)
    if ('ok' in meant) return meant
    const { clock, round, due } = meant
    const fraction = state.told[roundKey(meant)] ?? 0
    return onCase(context, [{ type: 'ReminderDue', clock, round, fraction, due, hears: 'owner', asked: true }])
  },
}
