/** Questions to which Embargo has a fixed answer, which decides nothing about the case. */
export const CANNED_ANSWERS = ['money'] as const
export type CannedAnswer = (typeof CANNED_ANSWERS)[number]
