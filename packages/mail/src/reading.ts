import type { Keyring } from './openpgp/decrypt.ts'

/** Keys to read with, and when the mail arrived (epoch milliseconds): a signature by an expired key counts only before its end. */
export type Reading = { readonly keyring: Keyring; readonly at: number }

export const WITHOUT_KEYS: Reading = { keyring: { own: [], find: async () => [] }, at: 0 }
