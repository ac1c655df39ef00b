import { makePracticeAddress } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { mailMacs, ownAddresses } from '../shared/own-addresses.ts'

/** The address to which the command line mails a practice report. Undefined if the policy has no project. */
export function practiceAddress({ keys, policy }: Pick<Deps, 'keys' | 'policy'>): string | undefined {
  const [own] = ownAddresses(policy.policy)
  return own === undefined ? undefined : makePracticeAddress(own, mailMacs(keys).address)
}
