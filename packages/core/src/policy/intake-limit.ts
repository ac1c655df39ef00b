import type { Policy } from './schema.ts'

/** A mail that opened a case within the hour, or would now. `sender` is a lower-case address, and proves nothing. */
export type Opening = { readonly project: string; readonly sender: string }

/**
 * Whether another new case would exceed an hourly limit, and which one. Machines write reports by the thousand, and each
 * new case takes a channel and somebody's attention. Only numbers count: the content of a report never decides whether
 * it is accepted.
 */
export function tooManyNewCases(
  { newCases }: Policy['intake'],
  recent: readonly Opening[],
  next: Opening,
): 'perSender' | 'perProject' | 'perHour' | undefined {
  const ofProject = recent.filter(({ project }) => project === next.project).length
  const ofSender = recent.filter(({ sender }) => sender === next.sender).length
  if (ofSender >= Math.ceil(newCases / 4)) return 'perSender'
  if (ofProject >= Math.ceil(newCases / 2)) return 'perProject'
  return recent.length >= newCases ? 'perHour' : undefined
}
