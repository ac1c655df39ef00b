import { DAY, later } from '@embargo/core'
import type { CaseState, Instant } from '@embargo/core'
import { scenarioOf } from './scenarios.ts'
import type { ScenarioName } from './scenarios.ts'
import type { Scenario } from '../../src/scenario.ts'
import type { ExploreOptions } from '../../src/explore.ts'

export type ThemeName =
  | 'main line'
  | 'two branches'
  | 'the embargo'
  | 'later rounds'
  | 'signals'
  | 'wrong signals'
  | 'one signal after another'
  | 'ended early'
  | 'the course'
  | 'people'
  | 'planned releases'
  | 'moved releases'
  | 'moved after telling'
  | 'changed after telling'
  | 'held releases'
  | 'CVE ids'
  | 'corrections'
  | 'waivers'

export type Theme = {
  readonly branches: 1 | 2
  /**
   * Verbs after which the exploration continues, besides those of the main line (the usual course of a case). All other
   * verbs are tried and checked in every state too, but the states to which they lead are not explored further.
   */
  readonly with: readonly string[]
  /** The whole main line, or only its shortest course: see `leavesTheLine` in `follows.ts`. */
  readonly line: 'whole' | 'straight'
  /** Answers of the reporter after which the exploration continues. */
  readonly answers: readonly string[]
  /** Whether cases grow stale, so that anybody may take them. */
  readonly idle?: true
  /** The exploration lets time pass only until this many days after the report. If absent, there is no limit. */
  readonly days?: number
  /** Whether nobody writes a patch, so that the case gets no further than its assessment. */
  readonly unfixed?: true
  /** Whether no patch is replaced after recipients have been told of the release. */
  readonly unchanged?: true
  /**
   * The most facts of one kind, such as signals or absences, that a state can have at once. A state with more of them
   * is not explored further.
   */
  readonly atOnce?: {
    readonly most: number
    readonly of: string
    readonly count: (state: CaseState, now: Instant) => number
  }
}

const ONE_SIGNAL: Theme['atOnce'] = {
  most: 1,
  of: 'signals that wait or count',
  count: ({ signals }) => signals.length,
}

/** How many people were removed from the case or have a conflict of interest. */
const missing = ({ removed, conflicts }: Pick<CaseState, 'removed' | 'conflicts'> = {}): number =>
  Object.keys({ ...removed, ...conflicts }).length

/**
 * In every state of every theme, every command is tried and its outcome checked. Only the main line and one theme at a
 * time are explored further. With all combinations, there would be some thousand times as many states. `npm run prove`
 * prints the bounds in words.
 */
export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  'main line': { branches: 1, with: [], line: 'whole', answers: ['verification'], days: 21 },
  'two branches': { branches: 2, with: [], line: 'straight', answers: ['verification'] },
  'the embargo': {
    branches: 1,
    with: [
      'embargo.until',
      'embargo.accept',
      'embargo.reject',
      'embargo.extend',
      'embargo.open',
      'embargo.end',
      'approve.no',
    ],
    line: 'straight',
    answers: ['verification', 'embargo-date', 'open'],
    days: 30,
  },
  'later rounds': {
    branches: 1,
    with: ['embargo.until', 'embargo.accept', 'embargo.reject', 'embargo.extend', 'embargo.open', 'approve.no'],
    line: 'straight',
    unfixed: true,
    answers: ['consent', 'embargo-date', 'open'],
  },
  signals: {
    branches: 1,
    with: ['signal.public', 'signal.exploit', 'signal.attack', 'signal.leak', 'embargo.keep', 'approve.no'],
    line: 'straight',
    answers: ['verification'],
    days: 14,
    atOnce: ONE_SIGNAL,
  },
  'wrong signals': {
    branches: 1,
    with: [
      'signal.public',
      'signal.exploit',
      'signal.attack',
      'signal.leak',
      'signal.wrong',
      'embargo.keep',
      'disclose.interim',
      'approve.no',
    ],
    line: 'straight',
    unfixed: true,
    answers: [],
    days: 30,
    atOnce: ONE_SIGNAL,
  },
  'one signal after another': {
    branches: 1,
    with: ['signal.public', 'signal.exploit', 'signal.wrong'],
    line: 'straight',
    unfixed: true,
    answers: [],
    days: 7,
    atOnce: { ...ONE_SIGNAL, most: 2 },
  },
  'ended early': {
    branches: 1,
    with: ['signal.attack', 'embargo.end', 'signal.wrong'],
    line: 'straight',
    answers: ['verification'],
    days: 14,
    unchanged: true,
    atOnce: ONE_SIGNAL,
  },
  'the course': {
    branches: 1,
    with: ['reply.question', 'triage.not-now', 'reopen', 'party.wait', 'advisory.as', 'people.not-reporter', 'settle'],
    line: 'straight',
    answers: ['verification', 'patch-offer'],
    days: 45,
  },
  people: {
    branches: 1,
    with: ['people.handoff', 'take', 'people.conflict', 'people.remove', 'people.invite', 'people.consent', 'away'],
    line: 'straight',
    answers: [],
    days: 14,
    idle: true,
    unchanged: true,
    atOnce: {
      most: 1,
      of: 'people who were removed or have a conflict, who are invited, who are away or to whom the case is offered',
      count: ({ removed = {}, conflicts = {}, away = {}, invited = {}, offer }, now) =>
        Math.max(missing({ removed, conflicts }), Object.keys(invited).length) +
        Object.values(away).filter(({ until }) => until > now).length +
        (offer === undefined ? 0 : 1),
    },
  },
  'planned releases': {
    branches: 1,
    with: ['waive', 'release.plan', 'release.drop'],
    line: 'straight',
    answers: ['verification'],
    days: 45,
  },
  'moved releases': {
    branches: 1,
    with: ['release.plan', 'release.cancel', 'release.move'],
    line: 'straight',
    unfixed: true,
    answers: [],
    days: 14,
  },
  'moved after telling': {
    branches: 1,
    with: ['waive', 'release.cancel', 'release.move'],
    line: 'straight',
    answers: ['verification'],
    days: 45,
    unchanged: true,
  },
  'changed after telling': {
    branches: 1,
    with: ['waive', 'prenotify.update'],
    line: 'straight',
    answers: ['verification'],
    days: 45,
  },
  'held releases': {
    branches: 1,
    with: ['waive', 'hold', 'hold.off'],
    line: 'straight',
    answers: ['verification'],
    days: 45,
  },
  'CVE ids': {
    branches: 1,
    with: ['cve.request', 'cve.set', 'cve.published', 'cve.reject', 'retro'],
    line: 'straight',
    answers: ['verification'],
  },
  corrections: {
    branches: 1,
    with: ['waive', 'correct', 'correct.cve', 'correct.withdraw'],
    line: 'straight',
    answers: ['verification'],
    days: 30,
    unchanged: true,
    atOnce: {
      most: 1,
      of: 'corrections',
      count: ({ corrections = [] }) => corrections.length,
    },
  },
  waivers: { branches: 1, with: ['waive', 'approve.no'], line: 'straight', answers: ['verification'] },
}

export const THEME_NAMES = Object.keys(THEMES).filter((name): name is ThemeName => name in THEMES)

/** What bounds the themes, in the words that `npm run prove` prints. */
export const BOUNDS: readonly string[] = [
  'Every command of everybody is tried and checked in every state. What is explored further is bounded:',
  'only the first person on the case acknowledges, decides, proposes dates, raises signals and requests what takes two people; at most one approval is open;',
  'outcomes of a release’s mails arrive in one order; the same mail is pending only once; at most one mail waits for a person to say whether it was sent;',
  'a mail of the reporter stays unread only in the themes main line and waivers;',
  'if it is unknown whether a mail to the reporter was sent, a person settles that at once, except in the theme about the course of a case;',
  'on the whole line: severities high, low and none; branches that turn out unaffected; patches that a person writes or submits for somebody else; changes requested;',
  'on the straight line: rated high or invalid, affected, the last person is asked for the patch and writes it, no changes requested;',
  'a case is deferred only in the theme about the course of a case; a CVE id is requested only in the theme about CVE ids;',
  'a publication is corrected only in the theme about corrections, and only once;',
  'a team member who reported the case is neither added, removed nor handed anything: they have no seat in it;',
  'cases grow stale only in the theme about people; if a theme limits the days, time stops after these days, except to see whether the case can still end.',
]

export const boundOf = (name: ThemeName): string => {
  const { line, branches, atOnce, days, unfixed, unchanged } = THEMES[name]
  const most = atOnce === undefined ? '' : `, at most ${atOnce.most} ${atOnce.of} at once`
  const fix = `${unfixed === true ? ', no patch' : ''}${unchanged === true ? ', no other patch once recipients were told' : ''}`
  const time = days === undefined ? '' : `, ${days} days from the report on`
  return `${line} line, ${branches === 1 ? 'one branch' : 'two branches'}${fix}${time}${most}`
}

/** The scenario of a theme. It leaves out what can never occur in the states that are explored further. */
export function themedScenario(name: ScenarioName, theme: ThemeName): Scenario {
  const { branches, idle, line, with: verbs } = THEMES[theme]
  const whole = line === 'whole' ? (['high', 'low'] as const) : []
  const attacked = verbs.includes('signal.attack') ? (['attacked'] as const) : []
  return {
    ...scenarioOf(name, branches, idle),
    ...(idle === undefined ? {} : { idle }),
    rated: [...whole, ...attacked],
    ...(verbs.includes('correct') ? { corrects: true } : {}),
    ...(verbs.includes('embargo.until') ? {} : { unnegotiated: true }),
    ...(verbs.includes('release.move') ? {} : { unmoved: true }),
  }
}

export function untilOf(theme: ThemeName, { start }: Scenario): Pick<ExploreOptions, 'until'> {
  const { days } = THEMES[theme]
  return days === undefined ? {} : { until: later(start, days * DAY) }
}
