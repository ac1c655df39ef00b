import { instant, isoInstant } from '@embargo/core'
import type { Playing } from '../playing.ts'

/** The clock moves to a time, `2026-06-02T10:05Z`, and everybody who waits for it looks again. */
export function clockMovesTo(playing: Playing, iso: string): void {
  const at = instant(Date.parse(iso))
  playing.clock.moveTo(at)
  playing.say({ line: 'time', at: isoInstant(at) })
}
