import { setTimeout } from 'node:timers/promises'
import type { StageSetting } from '../../../apps/demo/src/stage-setting.ts'

/** How long the program may be busy with one thing on a loaded machine. */
const PATIENCE_MS = 60_000

/** Between two looks: the program needs the processor more than who watches it. */
const LOOK_EVERY_MS = 2

/** The capabilities whose effects can exist. */
const CAPABILITIES = ['slack', 'discord', 'mail', 'clock'] as const

/**
 * Resolves once there is nothing left to do: each received mail is in its case or set aside, each effect has ended, and
 * the scheduler waits for the clock. Whatever is asserted afterwards has happened, and what has not happened will not.
 *
 * @throws if it does not come to rest, with what it is busy with
 */
export async function comesToRest(stage: StageSetting): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  // Checked twice in a row, because everything may look idle once between the end of one part's work and the start of
  // the next.
  for (let idle = 0; idle < 2; await setTimeout(LOOK_EVERY_MS)) {
    const busy = await busyWith(stage)
    idle = busy === undefined ? idle + 1 : 0
    if (busy !== undefined && performance.now() > until)
      throw new Error(`The program does not come to rest: ${busy}. Logged last: ${stage.logged.slice(-3).join('\n')}`)
  }
}

async function busyWith({ program: { store }, clock }: StageSetting): Promise<string | undefined> {
  if (clock.waiting === 0) return 'the clocks are looked at'
  if ((await store.spool.waiting(1)).length > 0) return 'a mail is taken in'
  return (await store.outbox.nextAt(CAPABILITIES)) === undefined ? undefined : 'something goes out'
}
