import { isSystem } from '../../src/index.ts'
import type { CaseState } from '../../src/index.ts'
import { onTheMainLine } from '../../src/policy/check/check-policy.ts'
import { worldAt } from '../../src/policy/check/place.ts'
import type { Arena } from '../../src/policy/check/arena.ts'
import type { Exploring } from '../../src/policy/check/explore.ts'
import type { Step } from '../../src/policy/check/moves.ts'

export type ThemeName =
  | 'main line'
  | 'two branches'
  | 'the embargo'
  | 'signals'
  | 'the course'
  | 'people'
  | 'releases'
  | 'CVE ids'
  | 'waivers'

export type Theme = {
  readonly branches: 1 | 2
  /** Verbs whose outcome is explored further beside those of the line. All are asked and checked at every place. */
  readonly with: readonly string[]
  /** The whole main line, or the straight one. */
  readonly line: 'whole' | 'straight'
  /** Answers of the reporter that are explored further. */
  readonly answers: readonly string[]
  /** Whether cases grow stale, so that anybody may take them. */
  readonly idle?: true
  /** Of what a theme adds, how much may be so at once in what is explored further. */
  readonly atOnce?: { readonly most: number; readonly of: string; readonly count: (state: CaseState) => number }
}

/**
 * Every command is asked, and its outcome checked, at every place of every theme. What is explored further is the line that
 * a case takes, together with one theme at a time: a side command of one theme after one of another leads to places of
 * which the rules read each part by itself, and their whole product would be some thousand times as large. `BOUNDS` says
 * it in words, and `npm run prove` prints them.
 */
export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  'main line': { branches: 1, with: [], line: 'whole', answers: ['verification'] },
  'two branches': { branches: 2, with: [], line: 'straight', answers: ['verification'] },
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
    line: 'straight',
    answers: ['verification', 'consent'],
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
    line: 'straight',
    answers: ['verification'],
    atOnce: { most: 1, of: 'signals that wait or count', count: ({ signals }) => signals.length },
  },
  'the course': {
    branches: 1,
    with: ['ask', 'defer', 'reopen', 'wait', 'publication', 'not-from'],
    line: 'straight',
    answers: ['verification', 'patch-offer'],
  },
  people: {
    branches: 1,
    with: ['handoff', 'take', 'conflict', 'remove', 'invite', 'consent', 'away'],
    line: 'straight',
    answers: ['verification'],
    idle: true,
    atOnce: {
      most: 2,
      of: 'people who were removed, have a conflict, are away or were asked',
      count: ({ removed = {}, conflicts = {}, away = {}, invited = {}, offer }) =>
        [removed, conflicts, away, invited].reduce((sum, some) => sum + Object.keys(some).length, 0) +
        (offer === undefined ? 0 : 1),
    },
  },
  releases: {
    branches: 1,
    with: ['release-plan', 'release-drop', 'release-cancel', 'reschedule', 'prenotify-update'],
    line: 'straight',
    answers: ['verification'],
  },
  'CVE ids': {
    branches: 1,
    with: ['cve-request', 'cve-set', 'cve-publish', 'cve-reject', 'retro'],
    line: 'straight',
    answers: ['verification'],
  },
  waivers: { branches: 1, with: ['waive', 'refuse'], line: 'straight', answers: ['verification'] },
}

export const THEME_NAMES = Object.keys(THEMES).filter((name): name is ThemeName => name in THEMES)

/** Questions to a second person that may be open at once in what is explored further: each stands by itself. */
const MOST_OPEN = 1

/** What bounds the themes, in the words that `npm run prove` prints. */
export const BOUNDS: readonly string[] = [
  'Every command of everybody is tried and checked at every place. What is explored further is bounded:',
  'the first person acknowledges, decides and asks for what takes two; at most one question to a second person is open;',
  'on the whole line: severities high, low and none, branches found unaffected, patches of each and in each other’s name, changes requested, deferring;',
  'on the straight line: rated high or invalid, affected, the last person writes the patch, no changes requested, not deferred;',
  'cases grow stale among people alone.',
]

export const boundOf = (name: ThemeName): string => {
  const { line, branches, atOnce } = THEMES[name]
  const most = atOnce === undefined ? '' : `, at most ${atOnce.most} ${atOnce.of} at once`
  return `${line} line, ${branches === 1 ? 'one branch' : 'two branches'}${most}`
}

/** Commands of the line that the first person gives. */
const OF_THE_FIRST: ReadonlySet<string> = new Set(['ack', 'triage', 'assign-patch', 'prenotify', 'disclose'])

export function followsOf(name: ThemeName, { people }: Arena): NonNullable<Exploring['follows']> {
  const theme = THEMES[name]
  const verbs = new Set<string>(theme.with)
  const [first] = people
  return (step, after) => {
    const { request, actor } = step
    const by = actor.kind === 'person' ? actor.person : undefined
    if (!isSystem(request) && !verbs.has(request.verb)) {
      if (!onTheMainLine(step)) return false
      if (request.verb === 'log-answer' && !theme.answers.includes(request.answer.about)) return false
      if (OF_THE_FIRST.has(request.verb) && by !== first) return false
      if (theme.line === 'straight' && leavesTheLine(step, by === people.at(-1))) return false
    }
    const state = worldAt(after).case
    if (state === undefined) return true
    const open = state.approvals.filter((one) => one.status === 'open').length
    return open <= MOST_OPEN && (theme.atOnce === undefined || theme.atOnce.count(state) <= theme.atOnce.most)
  }
}

/** Whether a step goes another way than straight on. */
function leavesTheLine({ request }: Step, byTheLast: boolean): boolean {
  switch (request.verb) {
    case 'triage':
      return request.disposition === 'valid' ? request.severity !== 'high' : request.disposition !== 'invalid'
    case 'affects':
      return !request.affected
    case 'patch-submit':
      return request.author !== undefined || !byTheLast
    case 'confirm':
      return !request.fixed
    case 'log-answer':
      return request.answer.about === 'verification' && !request.answer.fixed
    case 'defer':
    case 'cve-request':
      return true
    default:
      return false
  }
}
