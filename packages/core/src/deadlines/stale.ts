import { DAY, later } from '../shared/instant.ts'
import type { Severity } from '../shared/words.ts'
import { severityOf } from './clock.ts'
import type { Moment } from './clock.ts'
import { defineDeadline, LAST } from './definition.ts'

const SILENCE_DAYS: Readonly<Record<Severity, number | undefined>> = {
  critical: 2,
  high: 7,
  moderate: 30,
  low: undefined,
}

/**
 * How long a case may go without an event before it counts as neglected. A case of low severity never counts as
 * neglected.
 */
export function silenceFor(severity: Severity): number | undefined {
  const days = SILENCE_DAYS[severity]
  return days === undefined ? undefined : days * DAY
}

/**
 * Reminds the owner when nothing has happened in the case for a set time. After twice that time the team is reminded,
 * and after three times that time the admins.
 */
export const stale = defineDeadline({
  name: 'stale',
  words: 'nothing has happened for a while',
  channelWords: 'nothing has happened for a while; do the next step, or say what the case waits for',
  starts: 'the last thing that happened',
  due: '2 days later in a critical case, 7 days in a high one, 30 days in a moderate one',
  priority: LAST,
  runs: ({ state, release }) => {
    const silence = silenceFor(severityOf(state))
    // Before the acknowledgment, the deadline `acknowledge` runs instead. After the pre-notification, the case only
    // waits for its release date.
    const waits =
      state.acknowledgedAt === undefined ||
      state.waiting !== undefined ||
      release?.is === 'prenotified' ||
      release?.is === 'released'
    if (silence === undefined || waits || state.rm === 'invalid' || state.rm === 'deferred') return []
    const start = state.movedAt ?? state.openedAt
    const due = later(start, silence)
    const moments: readonly Moment[] = [
      { fraction: 1, at: due, hears: 'owner' },
      { fraction: 2, at: later(start, 2 * (due - start)), hears: 'team' },
      { fraction: 3, at: later(start, 3 * (due - start)), hears: 'admins', breach: true },
    ]
    return [{ start, due, moments }]
  },
})
