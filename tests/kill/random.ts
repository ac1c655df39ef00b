/** Random choices, which are the same for the same seed on every machine. */
export type Random = {
  /** A whole number from 1 to `most`. */
  upTo(most: number): number
  pick<T>(from: readonly T[]): T
  /** True with this probability, from 0 to 1. */
  chance(often: number): boolean
}

/** Mulberry32: 32 bits of state, good enough to spread choices. */
export function randomFrom(seed: number): Random {
  let state = Math.trunc(seed) >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const upTo = (most: number): number => 1 + Math.floor(next() * most)
  return {
    upTo,
    pick(from) {
      const chosen = from[upTo(from.length) - 1]
      if (chosen === undefined) throw new RangeError('There is nothing to pick from.')
      return chosen
    },
    chance: (often) => next() < often,
  }
}
