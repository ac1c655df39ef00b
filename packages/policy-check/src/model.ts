import type { Arena } from './scenario.ts'
import { foldsAlike, keyOf } from './state-key/state-key.ts'
import { momentsAfter } from './deadlines.ts'
import { movesAt } from './transitions.ts'
import type { Move } from './transitions.ts'
import { placeAt, worldAt } from './state.ts'
import type { Place } from './state.ts'
import type { Rules } from './rules.ts'
import { settlePlace } from './normalise.ts'
import type { Instant } from '@embargo/core'

/** What an exploration plays: where it begins, what can happen at a place, and which places are one. */
export type Game = {
  readonly start: Place
  readonly moves: (place: Place) => readonly Move[]
  /** The canonical text of a place. */
  readonly key: (place: Place) => string
  /** Whether two places surely have one key, where that is seen faster than by making it. */
  readonly alike: (before: Place, after: Place) => boolean
  /** Whether it is over here: from every place somebody must be able to bring it so far. */
  readonly over: (place: Place) => boolean
  /** Forgets what no rule reads. */
  readonly settle: (place: Place) => Place
  /** The instants at which waiting stops, in order. */
  readonly moments: (place: Place) => readonly Instant[]
}

/** One case from its report on. */
export const oneCase = (rules: Rules, arena: Arena): Game => ({
  start: placeAt(arena.start),
  moves: (place) => movesAt(rules, arena, place),
  key: (place) => keyOf(arena, place),
  alike: foldsAlike,
  over: (place) => worldAt(place).case?.rm === 'closed',
  settle: (place) => settlePlace(arena, place),
  moments: (place) => momentsAfter(rules, arena, place),
})
