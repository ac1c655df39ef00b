import { addresseeKey, brokenInvariants, isAboutACase, isCaseStream, stageOf } from '@embargo/core'
import type { Effect, Instant, PersonRequest, Stage } from '@embargo/core'
import type { Scenario } from './scenario.ts'
import { canStillEnd } from './reachable-end.ts'
import { withoutOrder } from './state-key/time.ts'
import { caseModel } from './model.ts'
import type { Model } from './model.ts'
import { Frontier } from './frontier.ts'
import { Graph } from './graph.ts'
import type { Transition, Step } from './transitions.ts'
import { worldAt, worldIn } from './state.ts'
import type { ModelState } from './state.ts'
import { RULES } from './rules.ts'
import type { Rules } from './rules.ts'
import { stateOnPath, advance, wait, pathInWords } from './step.ts'
import type { Visit, Path } from './step.ts'
import type { Execution } from './execute.ts'
import { StateTable } from './state-table.ts'
import { UNSOUND_KEY, missingOutcomes, SoundnessCheck } from './soundness.ts'
import type { MissingOutcome, Outcomes, SoundnessSample } from './soundness.ts'
import { openApprovals } from './view.ts'

/**
 * Checks conditions after every command that ran. Returns the names of the broken conditions, which become findings.
 */
export type Check = (execution: Execution) => readonly string[]

export type Finding = { readonly what: string; readonly path: readonly string[] }

export type Exploration = {
  /** How many states were explored, each with all its transitions. */
  readonly states: number
  readonly transitions: number
  readonly commands: number
  readonly stages: ReadonlyMap<Stage, number>
  /** The first finding of each kind, with a shortest path. */
  readonly findings: readonly Finding[]
  /** The number of states from which nobody can bring the case to its end. */
  readonly stuck: number
  /** The number of states that were also checked from a second path, see `soundness.ts`. */
  readonly secondPaths: number
  /** Whether every reachable state was visited. False if the limit or a finding ended the exploration. */
  readonly whole: boolean
}

export type ExploreOptions = {
  readonly scenario: Scenario
  readonly rules?: Rules
  /** The model to explore; if absent, the model of one case. */
  readonly model?: Model
  readonly checks?: readonly Check[]
  /**
   * Stops after this many states, which are taken in turn from cases of each stage and severity. Absent: the
   * exploration is breadth-first and has no limit.
   */
  readonly atMost?: number
  /** Set to stop at the first finding. */
  readonly firstFinding?: boolean
  /**
   * Whether the state after a transition is explored further. Every transition is tried and checked, even if this
   * returns false.
   */
  readonly follows?: (step: Step, after: ModelState) => boolean
  /**
   * Time passes only until this instant; absent: without end. States at this instant are explored further only to see
   * whether the case can end.
   */
  readonly until?: Instant
  /** Which commands of people are tried; if absent, all of them. */
  readonly asks?: (request: PersonRequest) => boolean
  /** Called for every command that ran or was refused. */
  readonly watch?: (execution: Execution) => void
  /** Called before each state is explored, with the number of explored states and the number of waiting states. */
  readonly progress?: (states: number, waiting: number) => void
  /** Which states are also checked from a second path that leads to the same key. */
  readonly secondPaths?: SoundnessSample
}

const invariants: Check = ({ after: { states } }) =>
  [...states.keys()].flatMap((stream) => (isCaseStream(stream) ? brokenInvariants(worldIn(states, stream)) : []))

/** Visits the states into which people, deadlines and the outside world can bring a case. */
export function explore(exploring: ExploreOptions): Exploration {
  const {
    scenario,
    rules = RULES,
    checks = [],
    atMost = Infinity,
    firstFinding = false,
    watch,
    progress,
    follows = () => true,
    asks = () => true,
    until = Infinity,
    model = caseModel(rules, scenario),
  } = exploring
  const setup = { rules, scenario, model }
  const seen = new StateTable()
  const graph = new Graph()
  const stages = new Map<Stage, number>()
  const ends: number[] = []
  const paths: (Path | undefined)[] = []
  const found = new Map<string, readonly string[]>()
  const all = [invariants, ...checks]
  const frontier = new Frontier()
  const isBounded = atMost < Infinity
  const secondPaths = exploring.secondPaths === undefined ? undefined : new SoundnessCheck(exploring.secondPaths)
  let commands = 0
  let transitionCount = 0

  const note = (problem: string, path: Path | undefined, more: readonly string[] = []): void => {
    if (!found.has(problem)) found.set(problem, [...pathInWords(setup, path), ...more])
  }

  const reach = (current: ModelState, from: Visit, transition: number): string => {
    const key = model.key(current)
    const { index, isNew } = seen.add(key)
    transitionCount += 1
    if (index !== from.index) graph.edge(from.index, index)
    const path: Path = from.path === undefined ? { transition } : { before: from.path, transition }
    const reached = { current, index, key, path }
    if (!isNew) {
      secondPaths?.arrived(reached)
      return key
    }
    paths[index] = path
    const { case: state, release } = worldAt(current)
    frontier.add(isBounded ? progressOf(current) : '', reached)
    if (state === undefined) return key
    const stage = stageOf(state, release)
    stages.set(stage, (stages.get(stage) ?? 0) + 1)
    if (model.over(current)) ends.push(index)
    return key
  }

  const check = (execution: Execution, from: Visit, transition: number): void => {
    commands += 1
    watch?.(execution)
    if (execution.trail.length === 0) return
    for (const problem of all.flatMap((one) => one(execution))) {
      note(problem, from.path === undefined ? { transition } : { before: from.path, transition })
    }
  }

  const tries = (transition: Transition): boolean =>
    transition.every(({ request }) => !isAboutACase(request) || asks(request))

  const tried = (from: Visit, each?: (line: string, after: ModelState) => void): Outcomes => {
    const { current, key } = from
    const came: string[] = []
    const own = secondPaths === undefined ? '' : withoutOrder(key)
    const transitions = model.transitions(current)
    for (const [number, transition] of transitions.entries()) {
      if (!tries(transition)) continue
      let last: Execution | undefined
      const after = advance(setup, current, transition, (execution) => {
        last = execution
        check(execution, from, number)
      })
      const followed = after === undefined || transition.every((step) => follows(step, after))
      const alike = after === undefined || model.sameKey(current, after)
      const led = !followed ? undefined : alike ? key : reach(after, from, number)
      if (after !== undefined && alike && followed) transitionCount += 1
      const lines =
        secondPaths === undefined || last === undefined
          ? []
          : cameTo(last, own, led === key ? own : led && withoutOrder(led))
      came.push(...lines)
      for (const line of lines) each?.(line, after ?? current)
    }
    const waited = wait(setup, current, key)
    if (waited !== undefined && waited.now <= until) reach(waited, from, transitions.length)
    return came
  }

  const compare = (secondPath: Visit): void => {
    if (secondPaths?.alike(secondPath.index, tried(secondPath)) !== false) return
    const path = paths[secondPath.index]
    const current = stateOnPath(setup, path)
    const keysOf = (reached: Visit): Map<string, string[]> => {
      const keys = new Map<string, string[]>()
      tried(reached, (line, after) => keys.set(line, [...(keys.get(line) ?? []), withoutOrder(model.key(after))]))
      return keys
    }
    const here = keysOf(secondPath)
    const there = keysOf({ ...secondPath, current, ...(path === undefined ? {} : { path }) })
    const [onThis, onOther] = [missingOutcomes(here, there), missingOutcomes(there, here)]
    // In one of the two states, a command can record a fact that the other state already has. Then its outcome lines
    // differ. The two states still count as the same if the command leads from both states to the same keys.
    const same = (lines: readonly MissingOutcome[]): string =>
      lines
        .map(({ key, of }) => `${of}: ${key}`)
        .toSorted()
        .join()
    if (same(onThis) === same(onOther)) return
    note(`${UNSOUND_KEY} in ${verbsOf([...onThis, ...onOther])}`, secondPath.path, [
      ...onThis.map(({ line }) => `on this path: ${line}`),
      ...onOther.map(({ line }) => `on another: ${line}`),
      ...pathInWords(setup, path).map((line) => `the other path: ${line}`),
    ])
  }

  /**
   * The states from which the case cannot end. Unlike the exploration, the search for an end does not stop at `until`.
   */
  const statesWithoutEnd = (): readonly number[] => {
    let canEnd = graph.leadsTo(ends, seen.size)
    const isKnown = (key: string): boolean => canEnd[seen.of(key) ?? -1] === 1
    const stopped = until === Infinity ? [] : indexesOf(canEnd, 0)
    for (const index of stopped.toReversed()) {
      if (canEnd[index] === 1 || !canStillEnd(setup, stateOnPath(setup, paths[index]), { tries, follows, isKnown }))
        continue
      ends.push(index)
      canEnd = graph.leadsTo(ends, seen.size)
    }
    return indexesOf(canEnd, 0)
  }

  const { start } = model
  const opened = model.key(start)
  let states = 0
  frontier.add('', { current: start, index: seen.add(opened).index, key: opened })
  while (states < atMost && !(firstFinding && found.size > 0)) {
    progress?.(states, frontier.size)
    const visit = frontier.next()
    if (visit === undefined) {
      // A second path can lead to states that the first path does not reach. These states are explored like all others.
      for (const secondPath of secondPaths?.waiting() ?? []) compare(secondPath)
      if (frontier.size === 0) break
      continue
    }
    states += 1
    const outcomes = tried(visit)
    secondPaths?.explored(visit.index, outcomes)
  }
  const whole = frontier.size === 0
  if (!whole) for (const secondPath of secondPaths?.waiting() ?? []) compare(secondPath)
  const stuck = whole ? statesWithoutEnd() : []
  const [first] = stuck
  const findings = [...found].map(([what, path]) => ({ what, path }))
  if (first !== undefined) {
    findings.push({ what: 'nobody can bring the case to its end', path: pathInWords(setup, paths[first]) })
  }
  const { asked = 0 } = secondPaths ?? {}
  return {
    states,
    transitions: transitionCount,
    commands,
    stages,
    findings,
    stuck: stuck.length,
    secondPaths: asked,
    whole,
  }
}

/**
 * The outcome of a command as a line: the gate that refused the command, or what the command recorded and mailed. The
 * key of the next state is added if that state is explored further. If the key did not change, the line leaves out what
 * the command recorded and mailed. If the key did not change after a command of Embargo itself, there is no line at
 * all: such a command only sent another reminder or changed the order of future deadlines.
 */
function cameTo(execution: Execution, own: string, led: string | undefined): Outcomes {
  const { actor, request, refusal, trail, effects } = execution
  const stays = led === own
  if (stays && !isAboutACase(request)) return []
  const actorText = actor.kind === 'person' ? (actor.person ?? 'a stranger') : actor.kind
  const did = stays ? [] : [...trail.map(({ recorded }) => recorded.event.type), ...effects.flatMap(mailOf)]
  return [`${actorText}: ${request.verb}: ${refusal?.gate ?? `${did.join('+')}: ${led ?? ''}`}`]
}

const mailOf = (effect: Effect): readonly string[] =>
  effect.kind === 'send-mail' ? [`${effect.letter}>${addresseeKey(effect.to)}`] : []

/**
 * How far a case has got, as a text. A bounded exploration groups the states by this text, and explores some states of
 * each group. All deferred and closed cases are in one group.
 */
function progressOf(current: ModelState): string {
  const { case: state, release } = worldAt(current)
  if (state === undefined || state.rm === 'closed' || state.rm === 'deferred') return ''
  const isDue = release?.at !== undefined && release.at <= current.now
  const fixes = state.branches.map(({ fix }) => fix?.is)
  const { length: questions } = openApprovals(state)
  const { length: mails } = current.pending
  return [stageOf(state, release), state.severity, release?.is, isDue, mails, questions, ...fixes].join()
}

function indexesOf(marks: Uint8Array, value: number): readonly number[] {
  const found: number[] = []
  for (const [index, mark] of marks.entries()) if (mark === value) found.push(index)
  return found
}

/** The commands whose results differ. */
const verbsOf = (missing: readonly MissingOutcome[]): string =>
  [...new Set(missing.map(({ of }) => of.replace(/^.*: /u, '')))].toSorted().join(', ')
