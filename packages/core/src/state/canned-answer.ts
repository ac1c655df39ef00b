/** Questions with a fixed answer. None of these answers decides anything about the case. */
export const CANNED_ANSWERS = ['money'] as const
export type CannedAnswer = (typeof CANNED_ANSWERS)[number]
