/** The first second of 2015: https://docs.discord.com/developers/reference#snowflakes */
export const DISCORD_EPOCH_MS = 1_420_070_400_000

const SERIAL_BITS = 22n

/** Creates ids that contain their time and always grow, even if the clock stops or goes back. */
export class Snowflakes {
  readonly #now: () => number
  #last = 0n

  constructor(now: () => number) {
    this.#now = now
  }

  next(): string {
    const fromClock = BigInt(Math.max(0, Math.floor(this.#now() - DISCORD_EPOCH_MS))) << SERIAL_BITS
    this.#last = fromClock > this.#last ? fromClock : this.#last + 1n
    return String(this.#last)
  }
}

/** The time in an id, in Unix milliseconds. */
export const timeOf = (id: string): number => Number(BigInt(id) >> SERIAL_BITS) + DISCORD_EPOCH_MS
