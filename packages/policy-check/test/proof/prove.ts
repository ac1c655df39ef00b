import type { Scenario } from '../../src/scenario.ts'
import { explore } from '../../src/explore.ts'
import type { ExploreOptions } from '../../src/explore.ts'
import type { SoundnessSample } from '../../src/soundness.ts'
import { SCENARIOS, scenarioOf, scenarioInWords } from './scenarios.ts'
import type { ScenarioName } from './scenarios.ts'
import { checks } from '../invariants/index.ts'
import { followsOf } from './follows.ts'
import { boundOf, THEME_NAMES, themedScenario, THEMES, untilOf } from './themes.ts'
import type { ThemeName } from './themes.ts'
import { followsTwoCases, TWO_CASES_BOUND, twoCases } from './two-cases.ts'

/** One exploration of the proof. */
export type Task = {
  readonly scenario: ScenarioName
  readonly theme: ThemeName | 'two cases'
  readonly atMost?: number
  readonly secondPaths?: SoundnessSample
}

/** The result of one exploration, as plain data. */
export type ProofResult = {
  readonly name: string
  readonly bound: string
  readonly states: number
  readonly transitions: number
  readonly commands: number
  /** The number of states that were also checked from a second path. */
  readonly secondPaths: number
  readonly stages: readonly (readonly [string, number])[]
  readonly findings: readonly { readonly what: string; readonly path: readonly string[] }[]
  readonly stuck: number
  readonly whole: boolean
  readonly seconds: number
}

const REACHABLE = SCENARIOS.filter(({ reporter }) => reporter === 'reachable')

/** The scenarios in which most themes are explored: each profile and each kind of reporter at least once. */
const THEMED: readonly ScenarioName[] = [
  { profile: 'team', reporter: 'reachable' },
  { profile: 'solo', reporter: 'silent' },
  { profile: 'organisation', reporter: 'absent' },
  { profile: 'team', reporter: 'one of the team' },
]

/**
 * The scenarios for the theme about people. No reporter answers in these scenarios, because nothing that a reporter
 * does matters for this theme.
 */
const AMONG_PEOPLE = THEMED.map((one): ScenarioName =>
  one.reporter === 'reachable' ? { ...one, reporter: 'absent' } : one,
)

/** The themes that are explored with every kind of reporter in every profile. */
const EVERYWHERE: ReadonlySet<ThemeName> = new Set<ThemeName>(['two branches', 'waivers'])

/** The themes that are explored with a team only, because the other scenarios would show nothing new. */
const OF_A_TEAM: ReadonlySet<ThemeName> = new Set<ThemeName>(['one signal after another', 'ended early'])

function scenariosOf(theme: ThemeName): readonly ScenarioName[] {
  if (EVERYWHERE.has(theme)) return SCENARIOS
  if (theme === 'people') return AMONG_PEOPLE
  if (OF_A_TEAM.has(theme)) return THEMED.slice(0, 1)
  return THEMES[theme].line === 'whole' ? REACHABLE : THEMED
}

/** Everything that `npm run prove` explores. */
export const TASKS: readonly Task[] = [
  ...THEME_NAMES.flatMap((theme) => scenariosOf(theme).map((scenario): Task => ({ scenario, theme }))),
  { scenario: { profile: 'team', reporter: 'reachable' }, theme: 'two cases' },
]

export const nameOf = ({ scenario, theme }: Task): string => `${scenarioInWords(scenario)}; ${theme}`

export type Progress = NonNullable<ExploreOptions['progress']>

export function optionsOf(name: ScenarioName, theme: ThemeName) {
  const scenario = themedScenario(name, theme)
  return { scenario, follows: followsOf(theme, scenario), ...untilOf(theme, scenario) }
}

/**
 * The options for an exploration of two cases. Such an exploration checks no second paths, because what an approval
 * covers depends on a release that can be planned or cancelled.
 */
export function optionsOfTwoCases(name: ScenarioName): Pick<ExploreOptions, 'scenario' | 'model' | 'follows'> {
  const scenario: Scenario = { ...scenarioOf(name, 2), rated: [], unmoved: true, unnegotiated: true }
  return { scenario, model: twoCases(scenario), follows: followsTwoCases }
}

export function prove(task: Task, progress?: Progress): ProofResult {
  const began = performance.now()
  const { scenario, theme, atMost, secondPaths = { seed: 1, oneIn: 1 } } = task
  const explored = explore({
    ...(theme === 'two cases' ? optionsOfTwoCases(scenario) : { ...optionsOf(scenario, theme), secondPaths }),
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
