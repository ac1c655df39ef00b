import { later } from '../../src/index.ts'
import type { ClockRequest } from '../../src/events/case/clocks.ts'
import { DAY, policyOf } from '../fixtures/scenario.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import type { Row } from './row.ts'
import { after, confirmAttacks, receivedCase, PREVIEW, signalPublic, spamCase } from './states.ts'

/** The commands about the clocks of a case. */
export const CLOCKS = {
  'remind.later': {
    given: receivedCase,
    asks: ({ now }) => ({
      verb: 'remind.later',
      case: ONE,
      clock: 'acknowledge',
      until: later(now, DAY),
      reason: 'a feast',
    }),
    then: ['ClockSnoozed'],
    again: { nothing: 'The reminders pause until 2026-05-05T09:00:00.000Z.' },
    refused: [
      { given: spamCase, because: 'No clock acknowledge runs in this case.' },
      {
        asks: ({ now }) => ({
          verb: 'remind.later',
          case: ONE,
          clock: 'release',
          until: later(now, DAY),
          reason: 'a feast',
        }),
        because: 'No clock release runs in this case.',
      },
      {
        given: () => after(signalPublic(receivedCase()), { verb: 'signal.attack', case: ONE, shown: PREVIEW }),
        asks: ({ now }) => ({
          verb: 'remind.later',
          case: ONE,
          clock: 'signal',
          until: later(now, DAY),
          reason: 'a feast',
        }),
        because: 'Several clocks are called signal.',
      },
      {
        asks: ({ now }) => ({
          verb: 'remind.later',
          case: ONE,
          clock: 'acknowledge',
          until: later(now, -DAY),
          reason: 'a feast',
        }),
        because: 'That time has passed.',
      },
      {
        asks: ({ now }) => ({
          verb: 'remind.later',
          case: ONE,
          clock: 'acknowledge',
          until: later(now, 31 * DAY),
          reason: 'a feast',
        }),
        because: 'Reminders can pause for at most 30 days.',
      },
    ],
  },
  remind: {
    given: receivedCase,
    asks: () => ({ verb: 'remind', case: ONE, clock: 'acknowledge' }),
    then: ['ReminderDue'],
    again: { nothing: 'A reminder was sent at 2026-05-04T09:00:00.000Z, less than an hour ago.' },
    refused: [
      { given: spamCase, because: 'No clock acknowledge runs in this case.' },
      { asks: () => ({ verb: 'remind', case: ONE, clock: 'release' }), because: 'No clock release runs in this case.' },
    ],
  },
  'done.duty': {
    given: () => confirmAttacks(receivedCase(policyOf('organisation'))),
    asks: () => ({ verb: 'done.duty', case: ONE, duty: 'cra-early-warning', evidence: 'https://authority.example/1' }),
    then: ['DutyDone'],
    again: { nothing: 'That was recorded before.' },
    refused: [
      { given: receivedCase, because: 'This case has no such duty: the clock cra-early-warning does not run.' },
    ],
  },
} satisfies { readonly [V in ClockRequest['verb']]: Row<V> }
