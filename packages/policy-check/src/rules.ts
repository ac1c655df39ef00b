import { clocks, decide, evolveRecorded, react, streamsFor } from '@embargo/core'

/** The rules that are explored: the same functions that run a case, never a model of them. */
export const RULES = { decide, evolveRecorded, react, streamsFor, clocks } as const
export type Rules = typeof RULES
