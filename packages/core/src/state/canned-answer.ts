/** Answers that are always the same, by what they answer. None of them decides anything about the case. */
export const CANNED_ANSWERS = ['money'] as const
export type CannedAnswer = (typeof CANNED_ANSWERS)[number]
