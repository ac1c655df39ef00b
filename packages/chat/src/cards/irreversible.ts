/** What nobody can take back, said before it is done. */
export const CANNOT_BE_UNDONE = {
  prenotify: 'Mail cannot be called back: who was told stays told.',
  disclose: 'What is public stays public, and the embargo ends with the first step.',
} as const

export function cannotBeUndone(verb: string | undefined): string {
  return verb === 'prenotify' || verb === 'disclose' ? CANNOT_BE_UNDONE[verb] : 'This cannot be undone.'
}
