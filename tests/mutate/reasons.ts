import type { Mutant } from './mutants.ts'

/** Why mutants may live, by the line as it stands, so that a line that changes asks for its reason anew. */
type Reason = {
  readonly path: string
  readonly code: string
  /** As it is printed: `from → to`, and which of them where the line has several alike. */
  readonly changes: readonly string[]
  readonly because: string
}

const BOUND = 'A bound against counting for ever: one day of eight hundred more or less is no rule.'

const REASONS: readonly Reason[] = [
  { path: 'policy/calendar.ts', code: 'const MOST_DAYS = 800', changes: ['800 → (800 + 1)'], because: BOUND },
  {
    path: 'policy/calendar.ts',
    code: 'for (let tried = 0; tried < MOST_DAYS && left > 0; tried += 1) {',
    changes: ['0 → (0 + 1)', '< → <='],
    because: BOUND,
  },
  {
    path: 'policy/calendar.ts',
    code: 'for (let tried = 0; tried < MOST_DAYS && found.length < count; tried += 1) {',
    changes: ['< → <='],
    because: BOUND,
  },
  {
    path: 'policy/calendar.ts',
    code: 'for (let tried = 0; tried < MOST_DAYS; tried += 1) {',
    changes: ['< → <='],
    because: BOUND,
  },
  {
    path: 'policy/calendar.ts',
    code: 'if (!days.includes(weekdayOf(day)) || policy.calendar.holidays.includes(dateOf(day))) return undefined',
    changes: ['|| → &&'],
    because: 'Whether the window is open at that instant is asked again below; this saves the work.',
  },
  {
    path: 'clocks/harm.ts',
    code: 'const rank = state.cs.attacks === undefined ? SEVERITIES.indexOf(severityOf(state)) + 1 : 0',
    changes: ['1 → (1 + 1)'],
    because: 'Only the order is used, and it is the same.',
  },
  {
    path: 'clocks/harm.ts',
    code: 'return rank * 100 + (name === undefined ? LAST : KINDS[name])',
    changes: ['100 → (100 + 1)'],
    because: 'Only the order is used, and it is the same: there are fewer than a hundred kinds.',
  },
  {
    path: 'clocks/prenotify.ts',
    code: 'const span = Math.max(due - start, 1)',
    changes: ['1 → (1 + 1)'],
    because: 'Where it is due at once the fraction is beyond all others, by one or two milliseconds of span alike.',
  },
  {
    path: 'clocks/release.ts',
    code: "eveAt > start ? [{ fraction: (eveAt - start) / (due - start), at: eveAt, hears: 'owner' }] : []",
    changes: ['> → >='],
    because: 'A moment at the very start has the fraction 0, which counts as told.',
  },
  {
    path: 'clocks/working-hours.ts',
    code: 'const MOST_DAYS = 800',
    changes: ['800 → (800 + 1)'],
    because: BOUND,
  },
  {
    path: 'clocks/working-hours.ts',
    code: 'for (let tried = 0; tried < MOST_DAYS; tried += 1) {',
    changes: ['< → <='],
    because: BOUND,
  },
  {
    path: 'clocks/working-hours.ts',
    code: 'const first = time < from ? day : day + 1',
    changes: ['< → <='],
    because: 'In the minute that work begins it is at work already; on a day off the search comes to the same day.',
  },
  {
    path: 'gates/lead-time.ts',
    code: 'const last = lastReleaseInstant(policy, later(datesLater(told, most + 1), -1))',
    changes: ['1 → (1 + 1) (2)'],
    because: 'Windows open at a minute: the last millisecond of a date is as good as the one before.',
  },
  {
    path: 'gates/release-window.ts',
    code: "if (next.length === 0) return { who: 'an admin', how: 'corrects the window in the policy: it never opens' }",
    changes: ['0 → (0 + 1)'],
    because: 'A window opens three times within two years, or never.',
  },
  {
    path: 'gates/second-person.ts',
    code: "if (approval === undefined || person === undefined || request.verb !== 'approve') return undefined",
    changes: ['|| → &&'],
    because: 'Whether the account is a person’s is asked first of every command: the line is for the compiler.',
  },
  {
    path: 'gates/earlier-and-open.ts',
    code: "if (request.verb !== 'duplicate' || request.of === undefined) return undefined",
    changes: ['|| → &&'],
    because: 'The rule is one of `/duplicate` alone, which always names a case: the line is for the compiler.',
  },
  {
    path: 'gates/earlier-and-open.ts',
    code: 'one.openedAt > than.openedAt || (one.openedAt === than.openedAt && one.id > than.id)',
    changes: ['> → >= (2)'],
    because: 'No two cases have one id; and the same case is refused before.',
  },
]

export const reasonOf = ({ path, code, change }: Mutant): string | undefined =>
  REASONS.find((one) => path.endsWith(one.path) && one.code === code && one.changes.includes(change))?.because
