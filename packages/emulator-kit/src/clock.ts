/** The two clocks of the emulator. */
export type EmulatorClock = {
  /** Unix milliseconds, which message timestamps are made of. */
  readonly wall: () => number
  /** Milliseconds that never run backwards, by which triggers, response URLs and rate limits age. */
  readonly monotonic: () => number
}

/** The machine's clocks. */
export const systemClock: EmulatorClock = { wall: () => Date.now(), monotonic: () => performance.now() }
