import type { Policy, Project } from '@embargo/core'
import { isOwnAddress, isPostmaster } from '@embargo/mail'
import type { Mac } from '@embargo/mail'
import type { KeyVault } from '../ports/key-vault.ts'

/** Computes the keyed hashes in our addresses and Message-IDs. */
export type MailMacs = { readonly address: Mac; readonly message: Mac }

export const mailMacs = (keys: KeyVault): MailMacs => ({
  address: (text) => keys.mac('address-token', text),
  message: (text) => keys.mac('message-id', text),
})

/**
 * The project to which a mail was sent, either at the project's address or at the postmaster address of its domain. If
 * there is no such project, the first project.
 */
export function projectFor({ projects }: Policy, envelopeTo: readonly string[]): Project | undefined {
  return (
    projects.find(({ address }) => envelopeTo.some((to) => isOwnAddress(to, [address]))) ??
    projects.find(({ address }) => envelopeTo.some((to) => isPostmaster(to, [address]))) ??
    projects[0]
  )
}

export const ownAddresses = (policy: Policy): readonly string[] => policy.projects.map(({ address }) => address)
