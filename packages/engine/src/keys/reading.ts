import type { Instant } from '@embargo/core'
import type { Reading } from '@embargo/mail'
import type { OwnKeys } from '../ports/own-keys.ts'

/**
 * The keys that a mail of this time is read with: every key that a project of ours has or had. Of others only those that
 * came with the mail itself.
 */
export async function readingAt(ownKeys: Pick<OwnKeys, 'list'>, at: Instant): Promise<Reading> {
  const own = await ownKeys.list()
  return { keyring: { own: own.map(({ secret }) => secret), find: async () => [] }, at }
}
