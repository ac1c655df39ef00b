import type { Instant } from '@embargo/core'
import type { Reading } from '@embargo/mail'
import type { OwnKeys } from '../ports/own-keys.ts'
import type { KeptKey } from './known-keys.ts'

/**
 * The keys that a mail of this time is read with: every key that a project of ours has or had, and of others those that are
 * known. The ones that came with the mail are added where it is read.
 */
export async function readingAt(
  ownKeys: Pick<OwnKeys, 'list'>,
  at: Instant,
  known: readonly KeptKey[] = [],
): Promise<Reading> {
  const own = await ownKeys.list()
  const find: Reading['keyring']['find'] = async (ids) =>
    known.filter(({ keyIds }) => keyIds.some((id) => ids.includes(id))).map(({ bytes }) => bytes)
  return { keyring: { own: own.map(({ secret }) => secret), find }, at }
}
