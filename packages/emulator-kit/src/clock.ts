/** The two clocks of the emulator. */
export type EmulatorClock = {
  /** Unix milliseconds, used for message timestamps. */
  readonly wall: () => number
  /** Milliseconds that never run backwards, used for the age of triggers, response URLs and rate limits. */
  readonly monotonic: () => number
}

/** The machine's clocks. */
export const systemClock: EmulatorClock = { wall: () => Date.now(), monotonic: () => performance.now() }
