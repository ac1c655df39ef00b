import type { Policy } from './schema.ts'

/** A mail that opened a case within the hour, or would now. `sender` is a lower-case address, and proves nothing. */
export type Opening = { readonly project: string; readonly sender: string }

/**
 * Whether another new case would exceed the limit of an hour, and which limit. Only numbers count: the content of a
 * report never decides whether it is accepted.
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
