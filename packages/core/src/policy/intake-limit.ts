import type { Policy } from './schema.ts'

/** A mail that opened a case within the hour, or would now. `sender` is an address in small letters, and proves nothing. */
export type Opening = { readonly project: string; readonly sender: string }

/**
 * Whether one more new case is too many for the hour, and of what. It looks at numbers alone: what a report says never
 * decides whether it is taken in.
 */
export function tooManyNewCases(
  { newCases }: Policy['intake'],
  recent: readonly Opening[],
  next: Opening,
): keyof typeof newCases | undefined {
  const ofProject = recent.filter(({ project }) => project === next.project).length
  const ofSender = recent.filter(({ sender }) => sender === next.sender).length
  if (ofSender >= newCases.perSender) return 'perSender'
  if (ofProject >= newCases.perProject) return 'perProject'
  return recent.length >= newCases.perHour ? 'perHour' : undefined
}
