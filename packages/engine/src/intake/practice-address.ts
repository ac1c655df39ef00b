import { makePracticeAddress } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { mailMacs, ownAddresses } from '../shared/own-addresses.ts'

/** Where the command line mails a practice report to. Undefined if the policy has no project. */
export function practiceAddress({ keys, policy }: Pick<Deps, 'keys' | 'policy'>): string | undefined {
  const [own] = ownAddresses(policy.policy)
  return own === undefined ? undefined : makePracticeAddress(own, mailMacs(keys).address)
}
