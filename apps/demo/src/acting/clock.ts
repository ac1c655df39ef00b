import { instant, isoInstant } from '@embargo/core'
import type { PlayInProgress } from '../playing.ts'

/** Moves the clock to a time such as `2026-06-02T10:05Z`, and wakes everything that waits for the clock. */
export function clockMovesTo(playing: PlayInProgress, iso: string): void {
  const at = instant(Date.parse(iso))
  playing.clock.moveTo(at)
  playing.say({ line: 'time', at: isoInstant(at) })
}
