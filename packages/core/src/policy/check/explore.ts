import type { PersonRequest } from '../../case/command.ts'
import { isAboutACase } from '../../case/decide.ts'
import { brokenInvariants } from '../../case/invariants.ts'
import type { Stage } from '../../case/stage.ts'
import { stageOf } from '../../case/stage.ts'
import type { Policy } from '../schema.ts'
import { isoInstant } from '../../shared/instant.ts'
import type { Arena } from './arena.ts'
import { foldsAlike, keyOf } from './fold.ts'
import { Graph } from './graph.ts'
import { momentsAfter } from './moments.ts'
import { inWords, movesAt } from './moves.ts'
import type { Move, Step } from './moves.ts'
import { placeAt, worldAt } from './place.ts'
import type { Place } from './place.ts'
import { RULES } from './rules.ts'
import type { Rules } from './rules.ts'
import { run } from './run.ts'
import type { Ran } from './run.ts'
import { settlePlace } from './settle-place.ts'
import { SeenTable } from './table.ts'

/** Something that must never happen, asked of every command that ran: its name, or nothing. */
export type Check = (ran: Ran) => readonly string[]

/** Something that must never be so, asked of every place. */
export type Look = (rules: Rules, arena: Arena, place: Place) => readonly string[]

export type Finding = { readonly what: string; readonly path: readonly string[] }

export type Explored = {
  readonly places: number
  readonly transitions: number
  readonly commands: number
  readonly stages: ReadonlyMap<Stage, number>
  /** The first of each kind, by a shortest way. */
  readonly findings: readonly Finding[]
  /** Places from which nobody can bring the case to its end. */
  readonly stuck: number
  /** Whether every reachable place was visited; false when the limit or a finding ended it. */
  readonly whole: boolean
}

export type Exploring = {
  readonly arena: Arena
  readonly rules?: Rules
  readonly checks?: readonly Check[]
  readonly looks?: readonly Look[]
  /** Stop after so many places. */
  readonly atMost?: number
  /** Stop at the first finding. */
  readonly firstFinding?: boolean
  /** Whether what a move leads to is explored further. Every move is tried and checked all the same. */
  readonly follows?: (step: Step, after: Place) => boolean
  /** Which commands of people are tried at all; all of them when it is absent. */
  readonly asks?: (request: PersonRequest) => boolean
  /** Told of every command that ran or was refused. */
  readonly watch?: (ran: Ran) => void
}

const invariants: Check = (ran) => brokenInvariants(worldAt(ran.after))

/** A case whose next deadline never comes would wait for ever: reminders repeat. */
const MOST_WAITS = 400

type Reached = { readonly place: Place; readonly index: number; readonly key: string }

/** Visits every place that people, clocks and the outside can bring a case to, breadth first. */
export function explore(exploring: Exploring): Explored {
  const {
    arena,
    rules = RULES,
    checks = [],
    looks = [],
    atMost = Infinity,
    firstFinding = false,
    watch,
    follows = () => true,
    asks = () => true,
  } = exploring
  const seen = new SeenTable()
  const graph = new Graph()
  const stages = new Map<Stage, number>()
  const ends: number[] = []
  const found = new Map<string, readonly string[]>()
  const all = [invariants, ...checks]
  let commands = 0
  let transitions = 0
  let frontier: Reached[] = []

  const note = (what: string, path: readonly number[]): void => {
    if (!found.has(what)) found.set(what, wayTo(rules, arena, path))
  }

  const reach = (place: Place, from: number, move: number, onto: Reached[]): void => {
    const key = keyOf(arena, place)
    const { index, isNew } = seen.add(key)
    transitions += 1
    if (index !== from) graph.edge(from, index)
    if (!isNew) return
    graph.reached(index, from, move)
    onto.push({ place, index, key })
    for (const what of looks.flatMap((look) => look(rules, arena, place))) note(what, [...graph.pathTo(index)])
    const { case: state, release } = worldAt(place)
    if (state === undefined) return
    const stage = stageOf(state, release)
    stages.set(stage, (stages.get(stage) ?? 0) + 1)
    if (state.rm === 'closed') ends.push(index)
  }

  const check = (ran: Ran, from: number, move: number): void => {
    commands += 1
    watch?.(ran)
    if (ran.trail.length === 0) return
    for (const what of all.flatMap((one) => one(ran))) {
      note(what, [...graph.pathTo(from), move])
    }
  }

  const start = placeAt(arena.start)
  seen.add(keyOf(arena, start))
  frontier.push({ place: start, index: 0, key: keyOf(arena, start) })
  while (frontier.length > 0 && seen.size < atMost && !(firstFinding && found.size > 0)) {
    const next: Reached[] = []
    for (const { place, index, key } of frontier) {
      const moves = movesAt(rules, arena, place)
      for (const [number, move] of moves.entries()) {
        if (!move.every(({ request }) => !isAboutACase(request) || asks(request))) continue
        const after = play(rules, arena, place, move, (ran) => check(ran, index, number))
        if (after === undefined || !move.every((step) => follows(step, after))) continue
        if (foldsAlike(place, after)) transitions += 1
        else reach(after, index, number, next)
      }
      const waited = wait(rules, arena, place, key)
      if (waited !== undefined) reach(waited, index, moves.length, next)
    }
    frontier = next
  }
  const whole = frontier.length === 0
  const canEnd = whole ? graph.leadsTo(ends, seen.size) : undefined
  const stuck = canEnd === undefined ? [] : indexesOf(canEnd, 0)
  const [first] = stuck
  const findings = [...found].map(([what, path]) => ({ what, path }))
  if (first !== undefined) {
    findings.push({ what: 'nobody can bring the case to its end', path: wayTo(rules, arena, graph.pathTo(first)) })
  }
  return { places: seen.size, transitions, commands, stages, findings, stuck: stuck.length, whole }
}

function indexesOf(marks: Uint8Array, wanted: number): readonly number[] {
  const found: number[] = []
  for (const [index, mark] of marks.entries()) if (mark === wanted) found.push(index)
  return found
}

/** The place after a move, or nothing when nothing came of it. */
function play(rules: Rules, arena: Arena, place: Place, move: Move, ran: (ran: Ran) => void): Place | undefined {
  let at = place
  for (const step of move) {
    const one = run(rules, policyOf(arena, at), at, step)
    ran(one)
    if (one.refusal !== undefined || one.trail.length === 0) break
    at = answered(one)
  }
  return at === place ? undefined : settlePlace(arena, at)
}

/** The policy in force: whoever joins late is not in it yet when the case is opened. */
const policyOf = ({ policy, late }: Arena, { states }: Place): Policy =>
  late === undefined || states.size > 0 ? policy : { ...policy, people: policy.people.filter((one) => one.id !== late) }

/** A mail whose outcome came is no longer awaited, unless it waits for a person; one that is sent again is. */
function answered({ request, after }: Ran): Place {
  if (request.verb !== 'record-outcome' && request.verb !== 'settle') return after
  const waits = worldAt(after).release?.parked.some((one) => one.effect === request.effect) === true
  const again = request.verb === 'settle' && request.outcome === 'again'
  const pending = after.pending.flatMap((one) => {
    if (one.effect !== request.effect) return [one]
    return waits || again ? [{ ...one, held: waits }] : []
  })
  return { ...after, pending }
}

/** Waits until something changes for a rule, or gives nothing when nothing ever will. */
function wait(rules: Rules, arena: Arena, place: Place, key: string): Place | undefined {
  let at = place
  for (let waits = 0; waits < MOST_WAITS; waits += 1) {
    const [next] = momentsAfter(rules, arena, at)
    if (next === undefined) return undefined
    at = settlePlace(arena, { ...at, now: next })
    if (keyOf(arena, at) !== key) return at
  }
  return undefined
}

/** A path in plain words: the moves played again from the start. */
function wayTo(rules: Rules, arena: Arena, path: readonly number[]): readonly string[] {
  const words: string[] = []
  let place = placeAt(arena.start)
  for (const number of path) {
    const moves = movesAt(rules, arena, place)
    const move = moves[number]
    const next =
      move === undefined ? wait(rules, arena, place, keyOf(arena, place)) : play(rules, arena, place, move, () => {})
    words.push(
      move === undefined ? `wait until ${isoInstant(next?.now ?? place.now)}` : move.map(inWords).join('; then '),
    )
    place = next ?? place
  }
  return words
}
