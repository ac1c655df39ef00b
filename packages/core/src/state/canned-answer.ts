/** Questions to which Embargo has a fixed answer. The answer decides nothing about the case. */
export const CANNED_ANSWERS = ['money'] as const
export type CannedAnswer = (typeof CANNED_ANSWERS)[number]
