import type { Keyring } from './openpgp/decrypt.ts'

/**
 * The keys with which a mail is read, and the time at which it arrived (in epoch milliseconds). A signing key counts
 * only for mails that arrived before the key expired.
 */
export type Reading = { readonly keyring: Keyring; readonly at: number }

export const WITHOUT_KEYS: Reading = { keyring: { own: async () => [], find: async () => [] }, at: 0 }
