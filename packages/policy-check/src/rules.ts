import { clocks, decide, evolveRecorded, react, streamsFor } from '@embargo/core'

/** The rules that are explored. These are the functions that decide real cases, and not a model of these functions. */
export const RULES = { decide, evolveRecorded, react, streamsFor, clocks } as const
export type Rules = typeof RULES
