import { setTimeout } from 'node:timers/promises'
import type { StageSetting } from '../../../apps/demo/src/stage-setting.ts'

/** How long the program may be busy on a loaded machine before the test fails. */
const PATIENCE_MS = 60_000

/** The pause between two looks. It leaves the processor to the program. */
const LOOK_EVERY_MS = 2

/** All capabilities that an effect can need, so no effect is overlooked. */
const CAPABILITIES = ['slack', 'discord', 'mail', 'clock'] as const

/**
 * Resolves when there is nothing left to do: each received mail is in its case or set aside, each effect has ended, and
 * the scheduler waits for the clock. What has not happened by then will not happen without a new cause.
 * @throws if the program does not come to rest; the error says what the program is busy with
 */
export async function settle(stage: StageSetting): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  // The program must be found idle twice in a row. Between the end of one part's work and the start of the next,
  // everything may look idle for a moment.
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
