import type { CaseState } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { skipDamaged } from '../shared/damage.ts'

/** How many rows are read at a time. */
const AT_ONCE = 200

/** All cases in their current state, without damaged ones. Open cases come first, because people wait for them. */
export async function* allCases(engine: Pick<RunningEngine, 'queries'>): AsyncIterable<CaseState> {
  yield* casesThatAre(engine, [true, false])
}

export const openCases = (engine: Pick<RunningEngine, 'queries'>): AsyncIterable<CaseState> =>
  casesThatAre(engine, [true])

async function* casesThatAre(
  engine: Pick<RunningEngine, 'queries'>,
  kinds: readonly boolean[],
): AsyncIterable<CaseState> {
  for (const open of kinds)
    for (let offset = 0; ; offset += AT_ONCE) {
      const { rows, more } = await engine.queries.cases({ open, limit: AT_ONCE, offset })
      for (const { stream } of rows) {
        const state = await skipDamaged(() => engine.queries.state(stream))
        if (state?.kind === 'case') yield state
      }
      if (!more) break
    }
}
