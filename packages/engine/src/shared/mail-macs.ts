import type { Mac } from '@embargo/mail'
import type { KeyVault } from '../ports/key-vault.ts'

/** The keyed hashes that our addresses and Message-IDs carry. */
export type MailMacs = { readonly address: Mac; readonly message: Mac }

export const mailMacs = (keys: KeyVault): MailMacs => ({
  address: (text) => keys.mac('address-token', text),
  message: (text) => keys.mac('message-id', text),
})
