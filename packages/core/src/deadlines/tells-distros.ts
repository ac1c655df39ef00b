import type { DeadlineContext } from './definition.ts'

/** Whether the list of the Linux distributions was pre-notified. */
export function tellsDistros({ policy, release }: DeadlineContext): boolean {
  const notifiedLists = new Set(
    release?.prenotified.filter(({ sentAt }) => sentAt !== undefined).map(({ list }) => list),
  )
  return policy.prenotification.lists.some(({ id, kind }) => kind === 'linux-distros' && notifiedLists.has(id))
}
