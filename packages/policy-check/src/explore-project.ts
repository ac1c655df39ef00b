import { explainGates, isAboutACase, stageOf, withPlaceholders } from '@embargo/core'
import type { GateId, Instant, PersonVerb, Policy, Refusal, Severity, Stage } from '@embargo/core'
import { distinctSeverities } from './distinct-severities.ts'
import type { Execution } from './execute.ts'
import { explore } from './explore.ts'
import type { Exploration, ExploreOptions } from './explore.ts'
import { withInvitations } from './invitations.ts'
import { mainLineModel } from './main-line-model.ts'
import { REPORTERS } from './scenario.ts'
import type { ReporterKind } from './scenario.ts'
import { scenarioOf } from './scenario-of.ts'
import { worldAt } from './state.ts'

/** The result of one exploration. It is plain data, so that it can be sent between threads. */
export type ProjectExploration = Pick<Exploration, 'states' | 'transitions' | 'whole' | 'findings'> & {
  readonly project: string
  readonly stages: readonly Stage[]
  readonly met: readonly CommandOutcome[]
}

/**
 * How close a command came to passing in cases of one severity. `passed`: it passed in some state. `nearest`, if it
 * never passed: its refusal in the state where most gates passed.
 */
export type CommandOutcome = {
  readonly verb: PersonVerb
  readonly severity: Severity
  readonly passed: boolean
  readonly nearest?: NearestState
}
type NearestState = { readonly refusal: Refusal; readonly passing: number; readonly refusing: number }

/**
 * Whether a command can be nearer to passing in a new state than in `known`, the nearest state so far. If it cannot,
 * the new state is not examined gate by gate, because that takes time. `passingAtMost`: how many gates can pass in the
 * new state at most. If this is the number that passes in `known`, the new state is nearer only if fewer gates refuse.
 * At least one gate refuses in the new state, so more than one must refuse in `known`.
 */
const mayBeNearer = (passingAtMost: number, known: NearestState | undefined): boolean =>
  known === undefined || passingAtMost > known.passing || (passingAtMost === known.passing && known.refusing > 1)

export const isNearer = (one: NearestState, other: NearestState | undefined): boolean =>
  other === undefined || one.passing > other.passing || (one.passing === other.passing && one.refusing < other.refusing)

/** The task of one exploration. It is plain data, so that it can be sent between threads. */
export type ExplorationTask = {
  readonly project: string
  readonly reporter: ReporterKind
  readonly start: Instant
  readonly atMost?: number
}

/**
 * Exploring this many states takes about 15 seconds on two cores. A limit of time would give different verdicts on
 * different machines.
 */
const BOUNDED_STATES = 6000

/** With this many states, a case reaches every stage. This holds for a policy of each profile. */
const LEAST_STATES = 750

/**
 * The explorations of a policy. Unless everything is explored, a fixed number of states is divided among them. If each
 * exploration would get fewer than `LEAST_STATES`, the last explorations are left out.
 */
export function explorationTasks(policy: Policy, start: Instant, whole: boolean): readonly ExplorationTask[] {
  const all = policy.projects.flatMap(({ id }) => REPORTERS.map((reporter) => ({ project: id, reporter, start })))
  if (whole) return all
  const some = all.slice(0, BOUNDED_STATES / LEAST_STATES)
  return some.map((task) => ({ ...task, atMost: Math.floor(BOUNDED_STATES / some.length) }))
}

/**
 * Explores one project of a policy with one kind of reporter. It explores only what a policy decides: the usual course
 * of a case (`main-line.ts`), with one severity of each group that the policy treats alike. For this exploration, one
 * branch, one recipient of each list, and two people with the same roles are enough.
 */
export function exploreProject(
  policy: Policy,
  { project, reporter, start, atMost = Infinity }: ExplorationTask,
  progress?: ExploreOptions['progress'],
): ProjectExploration {
  const seen = new Observations()
  const scenario = scenarioOf(withPlaceholders(policy), project, reporter, start)
  const model = withInvitations(scenario, mainLineModel(scenario, [...distinctSeverities(policy, project).keys()]))
  const { states, transitions, whole, findings } = explore({
    scenario,
    model,
    atMost,
    watch: (execution) => seen.note(execution),
    ...(progress === undefined ? {} : { progress }),
  })
  return { project, states, transitions, whole, findings, stages: [...seen.stages], met: seen.met }
}

/**
 * Gates that refuse what makes no sense or comes too late. Such a refusal does not show that a policy makes a command
 * impossible.
 */
const NO_OBSTACLE: ReadonlySet<GateId> = new Set<GateId>(['makes-sense', 'case-open', 'publication-not-begun'])

/** The stages that were reached, and the outcome of each command, for cases of each severity. */
class Observations {
  readonly stages = new Set<Stage>()
  readonly #met = new Map<string, CommandOutcome>()
  /**
   * For each gate of a verb, how many other gates can pass before this gate refuses. The gates of a verb are evaluated
   * in a fixed order, so this number is the gate's position in that order. If the gate occurs several times, its last
   * position counts.
   */
  readonly #before = new Map<string, number>()

  /** Commands that were not refused, but had nothing to do, with the severity of the case. */
  readonly #idle = new Set<string>()

  get met(): readonly CommandOutcome[] {
    return [...this.#met.entries()].flatMap(([key, outcome]) =>
      // If a command had nothing to do, it was not refused, so somebody has the role for it. In that case, a refusal
      // for lack of the role is not an obstacle.
      !outcome.passed && this.#idle.has(key) && outcome.nearest?.refusal.gate === 'role' ? [] : [outcome],
    )
  }

  note({ request, actor, policy, refusal, nothingToDo, trail, before, after }: Execution): void {
    for (const one of trail) {
      if (one.after.kind === 'case') this.stages.add(stageOf(one.after, worldAt(after).release))
    }
    const severity = worldAt(before).case?.severity
    if (actor.kind !== 'person' || !isAboutACase(request) || severity === undefined) return
    const { verb } = request
    if (nothingToDo === true) {
      this.#idle.add(`${verb} ${severity}`)
      return
    }
    const met = this.#met.get(`${verb} ${severity}`) ?? { verb, severity, passed: false }
    const noted = met.passed || refusal === undefined ? { verb, severity, passed: true } : met
    this.#met.set(`${verb} ${severity}`, noted)
    if (noted.passed || refusal === undefined || NO_OBSTACLE.has(refusal.gate)) return
    const key = `${verb} ${refusal.gate}`
    // Evaluating every gate is slow, so it is done only if the command may be closer to passing here than in any
    // earlier state.
    if (!mayBeNearer(this.#before.get(key) ?? Infinity, met.nearest)) return
    const gates = explainGates(policy, worldAt(before), { actor, request }, before.now) ?? []
    const last = gates.findLastIndex(({ gate }) => gate === refusal.gate)
    this.#before.set(key, last === -1 ? Infinity : last)
    const first = gates.findIndex(({ state }) => state === 'refuses')
    const passing = first === -1 ? gates.length : first
    const nearest = { refusal, passing, refusing: gates.filter(({ state }) => state === 'refuses').length }
    if (isNearer(nearest, met.nearest)) this.#met.set(`${verb} ${severity}`, { ...met, nearest })
  }
}
