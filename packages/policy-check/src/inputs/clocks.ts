import { DAY, Duty, later } from '@embargo/core'
import type { ClockRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import type { InputsOf } from './inputs-by-verb.ts'

/** One deadline represents all of them: a reminder changes nothing, and a paused one allows and forbids nothing. */
export const CLOCKS: InputsOf<ClockRequest> = {
  remind: () => [{ verb: 'remind', case: CASE, clock: 'embargo-end' }],
  'remind.later': ({ now }) => [
    { verb: 'remind.later', case: CASE, clock: 'embargo-end', until: later(now, DAY), reason: 'because' },
  ],
  'done.duty': () =>
    Duty.options.map((duty) => ({ verb: 'done.duty', case: CASE, duty, evidence: 'https://example.org/done' })),
}
