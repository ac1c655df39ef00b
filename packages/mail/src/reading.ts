import type { Keyring } from './openpgp/decrypt.ts'

/**
 * The keys to read a mail with, and when the mail arrived (epoch milliseconds): a signature by a key that has expired
 * counts only if the mail arrived before.
 */
export type Reading = { readonly keyring: Keyring; readonly at: number }

export const WITHOUT_KEYS: Reading = { keyring: { own: [], find: async () => [] }, at: 0 }
