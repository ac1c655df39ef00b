import type { CaseState } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { skipDamaged } from '../shared/damage.ts'

/** Lines looked at in one turn. */
const AT_ONCE = 200

/** All cases as they are now, but for those that are damaged; the open ones first: there people wait. */
export async function* allCases(engine: RunningEngine): AsyncIterable<CaseState> {
  for (const open of [true, false])
    for (let offset = 0; ; offset += AT_ONCE) {
      const { rows, more } = await engine.queries.cases({ open, limit: AT_ONCE, offset })
      for (const { stream } of rows) {
        const state = await skipDamaged(() => engine.queries.state(stream))
        if (state?.kind === 'case') yield state
      }
      if (!more) break
    }
}
