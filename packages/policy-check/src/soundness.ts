import { fingerprint } from './fingerprint.ts'
import type { Visit } from './step.ts'

/** The outcome of each command in a state, one line each: the gate that refused it, or the key of the next state. */
export type Outcomes = readonly string[]

/** Which states are checked from a second path: one in `oneIn` states, chosen by a seed. */
export type SoundnessSample = { readonly seed: number; readonly oneIn: number }

/**
 * The name of a finding begins with this text if two states with the same key allow different commands. In that case,
 * the key leaves out something that a rule reads.
 */
export const UNSOUND_KEY = 'two states with the same key differ'

/**
 * Checks that the state key contains everything that a rule reads. For this, a second path to each key is taken, and
 * every command is run at the end of both paths. On both paths, the same gates must refuse the command, or the command
 * must lead to the same keys.
 */
export class SoundnessCheck {
  readonly #asked: SoundnessSample
  readonly #others = new Map<number, { readonly secondPath: Visit; readonly paths: number }>()
  readonly #came = new Map<number, Uint32Array>()
  readonly #done = new Set<number>()
  #random: number

  constructor(sample: SoundnessSample) {
    this.#asked = sample
    this.#random = sample.seed >>> 0
  }

  /** How many states were checked from a second path. */
  get asked(): number {
    return this.#done.size
  }

  /** Records the outcomes of the state with this number. */
  explored(index: number, outcomes: Outcomes): void {
    if (this.#chosen(index)) this.#came.set(index, hashesOf(outcomes))
  }

  /** Whether the second path had the same outcomes as the first. */
  alike(index: number, outcomes: Outcomes): boolean {
    const first = this.#came.get(index)
    const second = hashesOf(outcomes)
    return first === undefined || (first.length === second.length && first.every((hash, at) => hash === second[at]))
  }

  /** Records that another path led to a known key. Only one of these paths is checked, and each has the same chance. */
  arrived(reached: Visit): void {
    const { index } = reached
    if (!this.#chosen(index) || this.#done.has(index)) return
    const known = this.#others.get(index)
    const paths = (known?.paths ?? 0) + 1
    const secondPath = known === undefined || this.#next() % paths === 0 ? reached : known.secondPath
    this.#others.set(index, { secondPath, paths })
  }

  /**
   * Returns the second paths that still wait for a check, and forgets these paths. The states to which they lead count
   * as checked from now on.
   */
  waiting(): readonly Visit[] {
    const secondPaths = [...this.#others.values()].map(({ secondPath }) => secondPath)
    this.#others.clear()
    for (const { index } of secondPaths) this.#done.add(index)
    return secondPaths
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

/** A hash for each outcome. The hashes are sorted, because two states can have the same outcomes in another order. */
const hashesOf = (outcomes: Outcomes): Uint32Array =>
  Uint32Array.from(outcomes, (outcome) => fingerprint(outcome)[0]).toSorted()

/** An outcome that one of two states has and the other lacks, with its command and the key of the next state. */
export type MissingOutcome = { readonly line: string; readonly of: string; readonly key: string }

/**
 * Maps each outcome line to keys of the states after the command: one key for each time that the line occurred. (The
 * line itself contains the key only if that state is explored further.)
 */
export type LinesWithKeys = ReadonlyMap<string, readonly string[]>

/** The outcomes of `one` that `other` lacks, each listed as often as it is missing. */
export const missingOutcomes = (one: LinesWithKeys, other: LinesWithKeys): readonly MissingOutcome[] =>
  [...one].flatMap(([line, keys]) => {
    const [who = '', verb = ''] = line.split(': ')
    return keys.slice(other.get(line)?.length ?? 0).map((key) => ({ line, of: `${who}: ${verb}`, key }))
  })
