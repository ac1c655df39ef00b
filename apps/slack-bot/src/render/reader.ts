import type { ReaderZone } from '@embargo/chat'
import type { Person, Policy } from '@embargo/core'

/** A channel has many readers: the project's own time. */
export const readersOfChannel = ({ calendar }: Policy): ReaderZone | undefined =>
  calendar.zone === undefined ? undefined : { zone: calendar.zone, whose: 'project' }

/** One reader: their zone as the policy has it, or the project's. */
export function readerOf(policy: Policy, person: Person | undefined): ReaderZone | undefined {
  const zone = person?.zone
  return zone === undefined ? readersOfChannel(policy) : { zone, whose: 'your' }
}
