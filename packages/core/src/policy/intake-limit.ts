import type { Policy } from './schema.ts'

/**
 * A mail that opened a case within the last hour, or would open one now. `sender`: the From address in lower case,
 * which may be forged.
 */
export type Opening = { readonly project: string; readonly sender: string }

/**
 * The hourly limit that another new case would exceed, if any. Machines write reports by the thousand, and each new
 * case takes a channel and somebody's attention.
 */
export function tooManyNewCases(
  { newCases }: Pick<Policy['intake'], 'newCases'>,
  recent: readonly Opening[],
  next: Opening,
): 'perSender' | 'perProject' | 'perHour' | undefined {
  const ofProject = recent.filter(({ project }) => project === next.project).length
  const ofSender = recent.filter(({ sender }) => sender === next.sender).length
  if (ofSender >= Math.ceil(newCases / 4)) return 'perSender'
  if (ofProject >= Math.ceil(newCases / 2)) return 'perProject'
  return recent.length >= newCases ? 'perHour' : undefined
}
