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
    code: 'holidays.length > 0 && holidays.includes(dateOf(day))',
    changes: ['> → >='],
    because: 'It only saves the work: a list without holidays has no day in it.',
  },
  {
    path: 'policy/calendar.ts',
    code: 'for (let free = 0; free < MOST_DAYS && left > 0; free += 1) {',
    changes: ['0 → (0 + 1)', '< → <='],
    because: BOUND,
  },
  { path: 'policy/calendar.ts', code: 'free = 0', changes: ['0 → (0 + 1)'], because: BOUND },
  {
    path: 'clocks/prenotify.ts',
    code: 'const span = Math.max(due - start, 1)',
    changes: ['1 → (1 + 1)'],
    because: 'Where it is due at once the fraction is beyond all others, by one or two milliseconds of span alike.',
  },
  {
    path: 'clocks/release.ts',
    code: 'const DAYS_AHEAD = 12',
    changes: ['12 → (12 + 1)'],
    because: 'A bound of how many days are known ahead: after a longer stop the last of them is told, whichever it is.',
  },
  {
    path: 'clocks/working-hours.ts',
    code: 'const MOST_DAYS = 800',
    changes: ['800 → (800 + 1)'],
    because: BOUND,
  },
  {
    path: 'gates/lead-time.ts',
    code: 'const last = lastReleaseInstant(policy, later(datesLater(told, most + 1), -1))',
    changes: ['1 → (1 + 1) (2)'],
    because: 'Windows open at a minute: the last millisecond of a date is as good as the one before.',
  },
  {
    path: 'gates/release-window.ts',
    code: 'const LOOKED_BACK = 120',
    changes: ['120 → (120 + 1)'],
    because: 'A bound of how many instants are looked at: no list keeps a secret that long.',
  },
  {
    path: 'gates/role.ts',
    code: "return typeof verb === 'string' && isPersonVerb(verb) ? verb : request.verb",
    changes: ['&& → ||'],
    because: 'What waits for a second yes is a command of a person, so its verb is one: the line is for the compiler.',
  },
]

export const reasonOf = ({ path, code, change }: Mutant): string | undefined =>
  REASONS.find((one) => path.endsWith(one.path) && one.code === code && one.changes.includes(change))?.because
