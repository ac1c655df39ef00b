import type { TwoPersonVerb } from '@embargo/core'

/** What nobody can take back, said before it is done. */
export const CANNOT_BE_UNDONE: Readonly<Record<TwoPersonVerb, string>> = {
  prenotify: 'Mail cannot be called back: who was told stays told.',
  disclose: 'What is public stays public, and the embargo ends with the first step.',
}

export const cannotBeUndone = (verb: string | undefined): string =>
  Object.entries(CANNOT_BE_UNDONE).find(([one]) => one === verb)?.[1] ?? 'This cannot be undone.'
