import { isoInstant } from '@embargo/core'
import type { Policy } from '@embargo/core'
import type { Arena } from './scenario.ts'
import type { Game } from './model.ts'
import { inWords } from './transitions.ts'
import type { Move } from './transitions.ts'
import { worldAt } from './state.ts'
import type { Place } from './state.ts'
import type { Rules } from './rules.ts'
import { run } from './execute.ts'
import type { Ran } from './execute.ts'

/** What is played, and by which rules. */
export type Played = { readonly rules: Rules; readonly arena: Arena; readonly game: Game }

/** A case whose next deadline never comes would wait for ever: reminders repeat. */
const MOST_WAITS = 400

/** The place after a move, or nothing when nothing came of it. */
export function play(
  { rules, arena, game }: Played,
  place: Place,
  move: Move,
  ran: (ran: Ran) => void,
): Place | undefined {
  let at = place
  for (const step of move) {
    const one = run(rules, policyOf(arena, at), at, step)
    ran(one)
    if (one.refusal !== undefined || one.trail.length === 0) break
    at = answered(one)
  }
  return at === place ? undefined : game.settle(at)
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
export function wait({ game }: Played, place: Place, key: string): Place | undefined {
  let at = place
  for (let waits = 0; waits < MOST_WAITS; waits += 1) {
    const [next] = game.moments(at)
    if (next === undefined) return undefined
    at = game.settle({ ...at, now: next })
    if (game.key(at) !== key) return at
  }
  return undefined
}

/** How a place was reached: the numbers of its moves, the last one first. Waiting has the number after the last move. */
export type Way = { readonly before?: Way; readonly move: number }

/** A place with one way to it, and its number. */
export type Reached = { readonly place: Place; readonly index: number; readonly key: string; readonly way?: Way }

/** A way in plain words: the moves played again from the start. */
export function wayTo(played: Played, way: Way | undefined): readonly string[] {
  const words: string[] = []
  follow(played, way, (place, move, next) =>
    words.push(
      move === undefined ? `wait until ${isoInstant(next?.now ?? place.now)}` : move.map(inWords).join('; then '),
    ),
  )
  return words
}

/** The place at the end of a way. */
export const placeOn = (played: Played, way: Way | undefined): Place => follow(played, way, () => undefined)

type Told = (before: Place, move: Move | undefined, after: Place | undefined) => void

function follow(played: Played, way: Way | undefined, tell: Told): Place {
  const numbers: number[] = []
  for (let at = way; at !== undefined; at = at.before) numbers.push(at.move)
  let place = played.game.start
  for (const number of numbers.toReversed()) {
    const move = played.game.moves(place)[number]
    const next = move === undefined ? wait(played, place, played.game.key(place)) : play(played, place, move, () => {})
    tell(place, move, next)
    place = next ?? place
  }
  return place
}
