import { addresseeKey, brokenInvariants, isAboutACase, isCaseStream, stageOf } from '@embargo/core'
import type { Effect, Instant, PersonRequest, Stage } from '@embargo/core'
import type { Arena } from './scenario.ts'
import { endsLater } from './reachable-end.ts'
import { unordered } from './state-key/time.ts'
import { oneCase } from './model.ts'
import type { Game } from './model.ts'
import { Graph } from './graph.ts'
import type { Move, Step } from './transitions.ts'
import { worldAt, worldIn } from './state.ts'
import type { Place } from './state.ts'
import { RULES } from './rules.ts'
import type { Rules } from './rules.ts'
import { placeOn, play, wait, wayTo } from './step.ts'
import type { Reached, Way } from './step.ts'
import type { Ran } from './execute.ts'
import { SeenTable } from './state-table.ts'
import { FOLD_LOSES, missingFrom, Twins } from './soundness.ts'
import type { Missing, Outcomes, TwinsAsked } from './soundness.ts'

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
  /** Places of which a second way was asked too, see `twins.ts`. */
  readonly twins: number
  /** Whether every reachable place was visited; false when the limit or a finding ended it. */
  readonly whole: boolean
}

export type Exploring = {
  readonly arena: Arena
  readonly rules?: Rules
  /** What is played; one case when it is absent. */
  readonly game?: Game
  readonly checks?: readonly Check[]
  readonly looks?: readonly Look[]
  /** Stop after so many places. */
  readonly atMost?: number
  /** Stop at the first finding. */
  readonly firstFinding?: boolean
  /** Whether what a move leads to is explored further. Every move is tried and checked all the same. */
  readonly follows?: (step: Step, after: Place) => boolean
  /** Until when time goes on; for ever when it is absent. It goes on beyond only to look whether there is an end. */
  readonly until?: Instant
  /** Which commands of people are tried at all; all of them when it is absent. */
  readonly asks?: (request: PersonRequest) => boolean
  /** Told of every command that ran or was refused. */
  readonly watch?: (ran: Ran) => void
  /** Told after each step outward: places so far, and how many of them were not asked yet. */
  readonly progress?: (places: number, waiting: number) => void
  /** Whether places that fold to one key are asked from a second way. */
  readonly twins?: TwinsAsked
}

const invariants: Check = ({ after: { states } }) =>
  [...states.keys()].flatMap((stream) => (isCaseStream(stream) ? brokenInvariants(worldIn(states, stream)) : []))

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
    progress,
    follows = () => true,
    asks = () => true,
    until = Infinity,
    game = oneCase(rules, arena),
  } = exploring
  const played = { rules, arena, game }
  const seen = new SeenTable()
  const graph = new Graph()
  const stages = new Map<Stage, number>()
  const ends: number[] = []
  const ways: (Way | undefined)[] = []
  const found = new Map<string, readonly string[]>()
  const all = [invariants, ...checks]
  const twins = exploring.twins === undefined ? undefined : new Twins(exploring.twins)
  let commands = 0
  let transitions = 0

  const note = (what: string, way: Way | undefined, more: readonly string[] = []): void => {
    if (!found.has(what)) found.set(what, [...wayTo(played, way), ...more])
  }

  const reach = (place: Place, from: Reached, move: number, onto: Reached[]): string => {
    const key = game.key(place)
    const { index, isNew } = seen.add(key)
    transitions += 1
    if (index !== from.index) graph.edge(from.index, index)
    const way: Way = from.way === undefined ? { move } : { before: from.way, move }
    const reached = { place, index, key, way }
    if (!isNew) {
      twins?.arrived(reached)
      return key
    }
    ways[index] = way
    onto.push(reached)
    for (const what of looks.flatMap((look) => look(rules, arena, place))) note(what, way)
    const { case: state, release } = worldAt(place)
    if (state === undefined) return key
    const stage = stageOf(state, release)
    stages.set(stage, (stages.get(stage) ?? 0) + 1)
    if (game.over(place)) ends.push(index)
    return key
  }

  const check = (ran: Ran, from: Reached, move: number): void => {
    commands += 1
    watch?.(ran)
    if (ran.trail.length === 0) return
    for (const what of all.flatMap((one) => one(ran))) {
      note(what, from.way === undefined ? { move } : { before: from.way, move })
    }
  }

  const tries = (move: Move): boolean => move.every(({ request }) => !isAboutACase(request) || asks(request))

  const tried = (from: Reached, onto: Reached[], each?: (line: string, after: Place) => void): Outcomes => {
    const { place, key } = from
    const came: string[] = []
    const own = twins === undefined ? '' : unordered(key)
    const moves = game.moves(place)
    for (const [number, move] of moves.entries()) {
      if (!tries(move)) continue
      let last: Ran | undefined
      const after = play(played, place, move, (ran) => {
        last = ran
        check(ran, from, number)
      })
      const followed = after === undefined || move.every((step) => follows(step, after))
      const alike = after === undefined || game.alike(place, after)
      const led = !followed ? undefined : alike ? key : reach(after, from, number, onto)
      if (after !== undefined && alike && followed) transitions += 1
      const lines =
        twins === undefined || last === undefined ? [] : cameTo(last, own, led === key ? own : led && unordered(led))
      came.push(...lines)
      for (const line of lines) each?.(line, after ?? place)
    }
    const waited = wait(played, place, key)
    if (waited !== undefined && waited.now <= until) reach(waited, from, moves.length, onto)
    return came
  }

  const compare = (twin: Reached, onto: Reached[]): void => {
    if (twins?.alike(twin.index, tried(twin, onto)) !== false) return
    const way = ways[twin.index]
    const place = placeOn(played, way)
    const keysOf = (reached: Reached): Map<string, string[]> => {
      const keys = new Map<string, string[]>()
      tried(reached, [], (line, after) => keys.set(line, [...(keys.get(line) ?? []), unordered(game.key(after))]))
      return keys
    }
    const here = keysOf(twin)
    const there = keysOf({ ...twin, place, ...(way === undefined ? {} : { way }) })
    const [onThis, onOther] = [missingFrom(here, there), missingFrom(there, here)]
    // What was recorded in one place and known already in the other may come to the same.
    const same = (lines: readonly Missing[]): string =>
      lines
        .map(({ key, of }) => `${of}: ${key}`)
        .toSorted()
        .join()
    if (same(onThis) === same(onOther)) return
    note(`${FOLD_LOSES} in ${verbsOf([...onThis, ...onOther])}`, twin.way, [
      ...onThis.map(({ line }) => `on this way: ${line}`),
      ...onOther.map(({ line }) => `on another: ${line}`),
      ...wayTo(played, way).map((line) => `the other way: ${line}`),
    ])
  }

  /** Where time stopped before an end came, it goes on from there. */
  const withoutEnd = (): readonly number[] => {
    let canEnd = graph.leadsTo(ends, seen.size)
    const isKnown = (key: string): boolean => canEnd[seen.of(key) ?? -1] === 1
    const stopped = until === Infinity ? [] : indexesOf(canEnd, 0)
    for (const index of stopped.toReversed()) {
      if (canEnd[index] === 1 || !endsLater(played, placeOn(played, ways[index]), { tries, follows, isKnown })) continue
      ends.push(index)
      canEnd = graph.leadsTo(ends, seen.size)
    }
    return indexesOf(canEnd, 0)
  }

  const { start } = game
  const opened = game.key(start)
  let frontier: Reached[] = [{ place: start, index: seen.add(opened).index, key: opened }]
  const goesOn = (): boolean => seen.size < atMost && !(firstFinding && found.size > 0)
  while (frontier.length > 0 && goesOn()) {
    const next: Reached[] = []
    for (const reached of frontier) {
      const came = tried(reached, next)
      twins?.explored(reached.index, came)
    }
    // A second way may lead on to places that the first does not: they are explored like all others.
    if (next.length === 0) for (const twin of twins?.waiting() ?? []) compare(twin, next)
    frontier = next
    progress?.(seen.size, frontier.length)
  }
  const whole = frontier.length === 0
  if (!whole) for (const twin of twins?.waiting() ?? []) compare(twin, [])
  const stuck = whole ? withoutEnd() : []
  const [first] = stuck
  const findings = [...found].map(([what, path]) => ({ what, path }))
  if (first !== undefined) {
    findings.push({ what: 'nobody can bring the case to its end', path: wayTo(played, ways[first]) })
  }
  const { asked = 0 } = twins ?? {}
  return { places: seen.size, transitions, commands, stages, findings, stuck: stuck.length, twins: asked, whole }
}

/**
 * What a command came to: the gate that refused it; or what it recorded and mailed, and the key of the place that it led to
 * where that is explored further. Where the place stays as it is, what was recorded is of no account, and what the machinery
 * does there is left out: a clock that has something to tell more or less changes nothing, nor does the order in which
 * deadlines will fall.
 */
function cameTo(ran: Ran, own: string, led: string | undefined): Outcomes {
  const { actor, request, refusal, trail, effects } = ran
  const stays = led === own
  if (stays && !isAboutACase(request)) return []
  const who = actor.kind === 'person' ? (actor.person ?? 'a stranger') : actor.kind
  const did = stays ? [] : [...trail.map(({ recorded }) => recorded.event.type), ...effects.flatMap(mailOf)]
  return [`${who}: ${request.verb}: ${refusal?.gate ?? `${did.join('+')}: ${led ?? ''}`}`]
}

const mailOf = (effect: Effect): readonly string[] =>
  effect.kind === 'send-mail' ? [`${effect.letter}>${addresseeKey(effect.to)}`] : []

function indexesOf(marks: Uint8Array, wanted: number): readonly number[] {
  const found: number[] = []
  for (const [index, mark] of marks.entries()) if (mark === wanted) found.push(index)
  return found
}

/** Which commands differ. */
const verbsOf = (missing: readonly Missing[]): string =>
  [...new Set(missing.map(({ of }) => of.replace(/^.*: /u, '')))].toSorted().join(', ')
