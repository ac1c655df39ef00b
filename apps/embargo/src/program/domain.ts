import { clocks, decide, evolveRecorded, react, rowOf, touches } from '@embargo/core'
import type { Domain } from '@embargo/engine'

/** The real rules. */
export const domain: Domain = {
  touches,
  decide,
  evolve: evolveRecorded,
  react,
  clocks,
  rowOf(policy, world, stream) {
    const row = rowOf(policy, world)
    return row?.stream === stream ? row : undefined
  },
}
