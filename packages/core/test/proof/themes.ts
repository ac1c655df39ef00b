import { onTheMainLine } from '../../src/policy/check/check-policy.ts'
import { worldAt } from '../../src/policy/check/place.ts'
import type { Exploring } from '../../src/policy/check/explore.ts'

export type ThemeName =
  | 'main line'
  | 'main line, two branches'
  | 'the embargo'
  | 'signals'
  | 'the course'
  | 'people'
  | 'releases'
  | 'waivers'

export type Theme = {
  readonly branches: 1 | 2
  /** Verbs whose outcome is explored further beside those of the main line. All are asked and checked at every place. */
  readonly with: readonly string[]
}

/**
 * Every command is asked, and its outcome checked, at every place of every theme. What is explored further is the main line
 * together with one theme at a time: a side command of one theme after one of another leads to places of which the rules
 * read each part by itself, and their whole product would be some thousand times as large.
 */
export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  'main line': { branches: 1, with: [] },
  'main line, two branches': { branches: 2, with: [] },
  'the embargo': {
    branches: 1,
    with: [
      'embargo-propose',
      'embargo-accept',
      'embargo-reject',
      'embargo-extend',
      'embargo-open',
      'embargo-terminate',
      'refuse',
    ],
  },
  signals: {
    branches: 1,
    with: [
      'signal-public',
      'signal-exploit',
      'signal-attack',
      'signal-leak',
      'signal-correct',
      'leak-outlive',
      'interim',
      'refuse',
    ],
  },
  'the course': {
    branches: 1,
    with: ['ask', 'defer', 'reopen', 'wait', 'publication', 'duplicate', 'merge', 'split', 'not-from'],
  },
  people: { branches: 1, with: ['handoff', 'take', 'conflict', 'remove', 'invite', 'away', 'refuse'] },
  releases: {
    branches: 1,
    with: [
      'release-plan',
      'release-add',
      'release-drop',
      'release-cancel',
      'reschedule',
      'prenotify-update',
      'cve-request',
      'cve-set',
      'cve-reject',
    ],
  },
  waivers: { branches: 1, with: ['waive', 'refuse', 'waive-verification'] },
}

export const THEME_NAMES = Object.keys(THEMES).filter((name): name is ThemeName => name in THEMES)

/** Questions to a second person that may be open at once in what is explored further: each stands by itself. */
const MOST_OPEN = 1

export function followsOf(theme: ThemeName): NonNullable<Exploring['follows']> {
  const { with: beside } = THEMES[theme]
  const verbs = new Set<string>(beside)
  return (step, after) => {
    const followed = onTheMainLine(step) || verbs.has(step.request.verb)
    const open = worldAt(after).case?.approvals.filter((one) => one.status === 'open').length ?? 0
    return followed && (beside.length === 0 || open <= MOST_OPEN)
  }
}
