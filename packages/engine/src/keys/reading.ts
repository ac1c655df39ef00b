import type { Instant } from '@embargo/core'
import type { Reading } from '@embargo/mail'
import type { OwnKeys } from '../ports/own-keys.ts'
import { bytesOf } from './known-keys.ts'
import type { KeptKey } from './known-keys.ts'

/** Finds the known keys with one of these ids. */
export type FindKept = (ids: readonly string[]) => Promise<readonly KeptKey[]>

/**
 * The keys with which a mail is read: all current and former keys of our projects, and the known keys of other people.
 * Keys that come with the mail are added by the parser.
 */
export function readingAt(ownKeys: Pick<OwnKeys, 'list'>, at: Instant, findKept: FindKept = async () => []): Reading {
  const own: Reading['keyring']['own'] = async () => (await ownKeys.list()).map(({ secret }) => secret)
  const find: Reading['keyring']['find'] = async (ids) => (await findKept(ids)).map(({ key }) => bytesOf(key))
  return { keyring: { own, find }, at }
}
