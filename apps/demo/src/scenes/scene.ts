import type { Playing } from '../playing.ts'

/** One scene. It begins when the clock stands where it says, and ends when all it waits for has come to pass. */
export type Scene = {
  readonly title: string
  /** When it begins, in UTC. */
  readonly at: string
  readonly play: (playing: Playing) => Promise<void>
}
