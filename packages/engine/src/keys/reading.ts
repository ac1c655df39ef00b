import type { Instant } from '@embargo/core'
import type { Reading } from '@embargo/mail'
import type { OwnKeys } from '../ports/own-keys.ts'
import type { KeptKey } from './known-keys.ts'

/**
 * The keys with which a mail is read: all current and former keys of our projects, and the known keys of other people.
 * Keys that come with the mail are added by the parser.
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
