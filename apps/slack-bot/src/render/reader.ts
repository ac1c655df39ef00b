import type { ReaderZone } from '@embargo/chat'
import { personOfAccount } from '@embargo/core'
import type { Policy } from '@embargo/core'

/** A channel has many readers: the project's own time. */
export const readersOfChannel = ({ calendar }: Policy): ReaderZone | undefined =>
  calendar.zone === undefined ? undefined : { zone: calendar.zone, whose: 'project' }

/** One reader: their zone as the policy has it, or the project's. */
export function readerOf(policy: Policy, account: string): ReaderZone | undefined {
  const zone = personOfAccount(policy, 'slack', account)?.zone
  return zone === undefined ? readersOfChannel(policy) : { zone, whose: 'your' }
}
