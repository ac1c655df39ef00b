import type { Move, Step } from './transitions.ts'
import type { Place } from './state.ts'
import { play, wait } from './step.ts'
import type { Played } from './step.ts'

/** Enough to see how a case goes on to its end: from most places it takes some dozens. */
const MOST_PLACES = 1500

type GoingOn = {
  /** Whether a move is tried at all. */
  readonly tries: (move: Move) => boolean
  /** Whether what a move leads to is looked at further. */
  readonly follows: (step: Step, after: Place) => boolean
  /** Whether a way to the end is known from the place with this key. */
  readonly isKnown: (key: string) => boolean
}

/**
 * Whether somebody can bring the case to its end from here when time goes on. An exploration whose time stops asks it of
 * the places where time stopped too soon: what happens on the way there is not checked, it is only a way.
 */
export function endsLater(played: Played, from: Place, { tries, follows, isKnown }: GoingOn): boolean {
  const { game } = played
  const seen = new Set([game.key(from)])
  const waiting = [from]
  for (const place of waiting) {
    if (seen.size > MOST_PLACES) return false
    const key = game.key(place)
    const led = game.moves(place).flatMap((move) => {
      if (!tries(move)) return []
      const after = play(played, place, move, () => undefined)
      return after !== undefined && move.every((step) => follows(step, after)) ? [after] : []
    })
    const waited = wait(played, place, key)
    for (const next of waited === undefined ? led : [...led, waited]) {
      const reached = game.key(next)
      if (game.over(next) || isKnown(reached)) return true
      if (seen.has(reached)) continue
      seen.add(reached)
      waiting.push(next)
    }
  }
  return false
}
