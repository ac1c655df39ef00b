import { POINTS } from './points.ts'
import type { Kill, PlannedKill, Point } from './points.ts'
import { randomFrom } from './random.ts'
import type { Random } from './random.ts'
import { playRound } from './round.ts'
import type { Round } from './round.ts'

/**
 * The probability that the program dies a second time after its first restart, at the same place or at a random moment.
 */
const AGAIN = 0.25
const AGAIN_WITHIN_MS = 2500

export type RoundResult = Round & { readonly round: number; readonly point: string; readonly kill: Kill }

export type RoundsOptions = {
  readonly rounds: number
  readonly seed: number
  /** The first round to play, counted from 1. */
  readonly first?: number
  readonly points?: readonly Point[]
  /** Creates an empty PostgreSQL database for each round. If absent, SQLite is used. */
  readonly database?: () => Promise<string>
}

/**
 * Plays one round for each point in turn. Round n of a seed always makes the same choices, no matter how many rounds
 * are played.
 */
export async function* playRounds({
  rounds,
  seed,
  first = 1,
  points = POINTS,
  database,
}: RoundsOptions): AsyncGenerator<RoundResult> {
  for (let round = first; round < first + rounds; round += 1) {
    const point = points[(round - 1) % points.length]
    if (point === undefined) return
    const random = randomFrom(seed * 100_003 + round)
    const planned = point.plan(random)
    const again = random.chance(AGAIN) ? [random.pick([sameAgain(planned), anyMoment(random)])] : []
    const played = await playRound({
      stages: [[planned], again],
      random,
      ...(database === undefined ? {} : { database: await database() }),
    })
    yield { round, point: point.name, kill: planned.kill, ...played }
  }
}

const sameAgain = ({ kill, ...rest }: PlannedKill): PlannedKill => ({
  kill: kill.is === 'moment' ? kill : { ...kill, nth: 1 },
  ...rest,
})

const anyMoment = (random: Random): PlannedKill => ({ kill: { is: 'moment', afterMs: random.upTo(AGAIN_WITHIN_MS) } })
