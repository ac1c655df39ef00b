import { isOwnAddress } from '@embargo/mail'
import type { Policy, Project } from '@embargo/core'

/** The project that a mail was addressed to; the first one where the address says nothing. */
export function projectFor(policy: Policy, envelopeTo: readonly string[]): Project | undefined {
  return (
    policy.projects.find(({ address }) => envelopeTo.some((to) => isOwnAddress(to, [address]))) ?? policy.projects[0]
  )
}

export const ownAddresses = (policy: Policy): readonly string[] => policy.projects.map(({ address }) => address)
