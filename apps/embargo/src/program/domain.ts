import { clocks, decide, evolveRecorded, react, rowOf, touches } from '@embargo/core'
import type { Domain } from '@embargo/engine'

/** The real rules. */
export const domain: Domain = { touches, decide, evolve: evolveRecorded, react, clocks, rowOf }
