import type { Policy, Project } from '@embargo/core'
import { isOwnAddress } from '@embargo/mail'
import type { Mac } from '@embargo/mail'
import type { KeyVault } from '../ports/key-vault.ts'

/** The keyed hashes that our addresses and Message-IDs carry. */
export type MailMacs = { readonly address: Mac; readonly message: Mac }

export const mailMacs = (keys: KeyVault): MailMacs => ({
  address: (text) => keys.mac('address-token', text),
  message: (text) => keys.mac('message-id', text),
})

/** The project that a mail was addressed to; the first one if the address does not say. */
export function projectFor(policy: Policy, envelopeTo: readonly string[]): Project | undefined {
  return (
    policy.projects.find(({ address }) => envelopeTo.some((to) => isOwnAddress(to, [address]))) ?? policy.projects[0]
  )
}

export const ownAddresses = (policy: Policy): readonly string[] => policy.projects.map(({ address }) => address)
