import { fingerprint } from './fingerprint.ts'
import type { Reached } from './step.ts'

/** What each command came to at a place, one line each: its gate, or the key of the place that it led to. */
export type Outcomes = readonly string[]

/** Which of the folded places are asked again from a second way: all, or one in so many, chosen by a seed. */
export type TwinsAsked = { readonly seed: number; readonly oneIn: number }

/** Two ways to one place that do not meet the same: what folds them together loses something. */
export const FOLD_LOSES = 'two places that fold to one key differ'

/**
 * Checks that folding loses nothing: of the ways that lead to one key a second is kept beside the first, every command is
 * asked there too, and both must meet the same gates and lead to the same keys. Where the two lead on to the same deadlines
 * in another order, which is a matter of distances, both are explored.
 */
export class Twins {
  readonly #asked: TwinsAsked
  readonly #others = new Map<number, { readonly twin: Reached; readonly ways: number }>()
  readonly #came = new Map<number, Uint32Array>()
  readonly #done = new Set<number>()
  #random: number

  constructor(asked: TwinsAsked) {
    this.#asked = asked
    this.#random = asked.seed >>> 0
  }

  /** How many places were asked from a second way. */
  get asked(): number {
    return this.#done.size
  }

  /** What was met at the place that is explored under this number. */
  explored(index: number, outcomes: Outcomes): void {
    if (this.#chosen(index)) this.#came.set(index, hashesOf(outcomes))
  }

  /** Whether a second way met what the first met. */
  alike(index: number, outcomes: Outcomes): boolean {
    const first = this.#came.get(index)
    const second = hashesOf(outcomes)
    return first === undefined || (first.length === second.length && first.every((hash, at) => hash === second[at]))
  }

  /** Another way led to a key that is known. Each way has the same chance to be the one that is asked. */
  arrived(reached: Reached): void {
    const { index } = reached
    if (!this.#chosen(index) || this.#done.has(index)) return
    const known = this.#others.get(index)
    const ways = (known?.ways ?? 0) + 1
    const twin = known === undefined || this.#next() % ways === 0 ? reached : known.twin
    this.#others.set(index, { twin, ways })
  }

  /** The second ways that nobody has asked yet. */
  waiting(): readonly Reached[] {
    const twins = [...this.#others.values()].map(({ twin }) => twin)
    this.#others.clear()
    for (const { index } of twins) this.#done.add(index)
    return twins
  }

  #chosen(index: number): boolean {
    const { oneIn, seed } = this.#asked
    return oneIn <= 1 || fingerprint(`${index}:${seed}`)[0] % oneIn === 0
  }

  #next(): number {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0
    return this.#random >>> 8
  }
}

/** Which came, in no order: equal facts may be listed in another one. */
const hashesOf = (outcomes: Outcomes): Uint32Array =>
  Uint32Array.from(outcomes, (outcome) => fingerprint(outcome)[0]).toSorted()

/** A line that one place has and the other has not, whose command it is, and the key of where it led. */
export type Missing = { readonly line: string; readonly of: string; readonly key: string }

/** Each line with the keys that it led to, as often as it came. */
export type LinesWithKeys = ReadonlyMap<string, readonly string[]>

/** The lines of one that the other has not, each as often as it is missing. */
export const missingFrom = (one: LinesWithKeys, other: LinesWithKeys): readonly Missing[] =>
  [...one].flatMap(([line, keys]) => {
    const [who = '', verb = ''] = line.split(': ')
    return keys.slice(other.get(line)?.length ?? 0).map((key) => ({ line, of: `${who}: ${verb}`, key }))
  })
