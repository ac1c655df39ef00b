import type { Arena } from '../../src/scenario.ts'
import { explore } from '../../src/explore.ts'
import type { Exploring } from '../../src/explore.ts'
import type { TwinsAsked } from '../../src/soundness.ts'
import { ARENAS, arenaOf, inWordsOf } from './scenarios.ts'
import type { ArenaName } from './scenarios.ts'
import { checks } from '../invariants/index.ts'
import { looks } from './looks.ts'
import { boundOf, followsOf, THEME_NAMES, themedArena, THEMES, untilOf } from './themes.ts'
import type { ThemeName } from './themes.ts'
import { followsTwo, TWO_CASES_BOUND, twoCases } from './two-cases.ts'

/** One exploration of the proof. */
export type Task = {
  readonly arena: ArenaName
  readonly theme: ThemeName | 'two cases'
  readonly atMost?: number
  readonly twins?: TwinsAsked
}

/** What it came to, in plain values. */
export type Proved = {
  readonly name: string
  readonly bound: string
  readonly places: number
  readonly transitions: number
  readonly commands: number
  /** Places that were asked from a second way too. */
  readonly twins: number
  readonly stages: readonly (readonly [string, number])[]
  readonly findings: readonly { readonly what: string; readonly path: readonly string[] }[]
  readonly stuck: number
  readonly whole: boolean
  readonly seconds: number
}

const REACHABLE = ARENAS.filter(({ reporter }) => reporter === 'reachable')

/** Where the themes are played beside each other: each profile, and each kind of reporter once. */
const THEMED: readonly ArenaName[] = [
  { profile: 'team', reporter: 'reachable' },
  { profile: 'solo', reporter: 'silent' },
  { profile: 'organisation', reporter: 'absent' },
  { profile: 'team', reporter: 'one of the team' },
]

/** People come and go whatever the reporter does, so none answers there. */
const AMONG_PEOPLE = THEMED.map((one): ArenaName =>
  one.reporter === 'reachable' ? { ...one, reporter: 'absent' } : one,
)

/** Every kind of reporter in every profile. */
const EVERYWHERE: ReadonlySet<ThemeName> = new Set<ThemeName>(['two branches', 'waivers'])

/** A team meets all that there is to see of these. */
const OF_A_TEAM: ReadonlySet<ThemeName> = new Set<ThemeName>(['one signal after another', 'ended early'])

function arenasOf(theme: ThemeName): readonly ArenaName[] {
  if (EVERYWHERE.has(theme)) return ARENAS
  if (theme === 'people') return AMONG_PEOPLE
  if (OF_A_TEAM.has(theme)) return THEMED.slice(0, 1)
  return THEMES[theme].line === 'whole' ? REACHABLE : THEMED
}

/** Everything that `npm run prove` explores. The straight line with two branches, and with waivers, is played in every arena. */
export const TASKS: readonly Task[] = [
  ...THEME_NAMES.flatMap((theme) => arenasOf(theme).map((arena): Task => ({ arena, theme }))),
  { arena: { profile: 'team', reporter: 'reachable' }, theme: 'two cases' },
]

export const nameOf = ({ arena, theme }: Task): string => `${inWordsOf(arena)}; ${theme}`

export type Progress = NonNullable<Exploring['progress']>

export function playedByOne(name: ArenaName, theme: ThemeName) {
  const arena = themedArena(name, theme)
  return { arena, looks, follows: followsOf(theme, arena), ...untilOf(theme, arena) }
}

/** What a question covers depends, with two cases, on a release that may come and go: see docs/proof.md. */
export function playedByTwo(name: ArenaName): Pick<Exploring, 'arena' | 'game' | 'follows'> {
  const arena: Arena = { ...arenaOf(name, 2), rated: [], unmoved: true, unnegotiated: true }
  return { arena, game: twoCases(arena), follows: followsTwo }
}

export function prove(task: Task, progress?: Progress): Proved {
  const began = performance.now()
  const { arena, theme, atMost, twins = { seed: 1, oneIn: 1 } } = task
  const explored = explore({
    ...(theme === 'two cases' ? playedByTwo(arena) : { ...playedByOne(arena, theme), twins }),
    checks,
    ...(atMost === undefined ? {} : { atMost }),
    ...(progress === undefined ? {} : { progress }),
  })
  return {
    ...explored,
    stages: [...explored.stages],
    name: nameOf(task),
    bound: theme === 'two cases' ? TWO_CASES_BOUND : boundOf(theme),
    seconds: (performance.now() - began) / 1000,
  }
}
