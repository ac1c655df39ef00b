import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { KEY_BYTES, prepare, type Bytes, type Key } from './seal.ts'

/** The keys that are derived from the deployment's master key. Each is for one purpose (RFC 5869, section 3.2). */
export type MasterKeys = {
  readonly streams: Key
  readonly reporters: Key
  readonly mails: Key
  readonly answers: Key
  readonly settings: Key
  readonly ownKeys: Key
  readonly mailboxCursors: Key
  readonly chain: Key
  readonly mailIds: Key
  readonly blobIds: Key
  /** Shows whether the database was created with this master key, and reveals nothing about the key. */
  readonly check: Bytes
  macKey(purpose: string): Key
}

/** @throws RangeError when the master key does not have 32 bytes */
export function masterKeys(master: Uint8Array): MasterKeys {
  if (master.byteLength !== KEY_BYTES)
    throw new RangeError(`the master key has ${KEY_BYTES} bytes, this one has ${master.byteLength}`)
  const derive = (purpose: string): Key =>
    new Uint8Array(hkdfSync('sha256', master, '', `embargo/1/${purpose}`, KEY_BYTES))
  const macKeys = new Map<string, Key>()
  return {
    streams: derive('wrap-stream-keys'),
    reporters: derive('wrap-reporter-keys'),
    mails: derive('wrap-mail-keys'),
    answers: derive('answers'),
    settings: derive('settings'),
    ownKeys: derive('own-keys'),
    mailboxCursors: derive('mailbox-cursors'),
    chain: derive('hash-chain'),
    mailIds: derive('mail-ids'),
    blobIds: derive('blob-ids'),
    check: mac(derive('key-check'), 'embargo'),
    macKey(purpose) {
      const known = macKeys.get(purpose)
      if (known) return known
      const key = derive(`mac/${purpose}`)
      macKeys.set(purpose, key)
      return key
    },
  }
}

/** HMAC-SHA-256. The result has a memory buffer of its own, and is no part of Node's shared pool. */
export function mac(key: Key, ...parts: readonly (Uint8Array | string)[]): Bytes {
  const hmac = createHmac('sha256', prepare(key))
  for (const part of parts) hmac.update(part)
  return new Uint8Array(hmac.digest())
}

export const same = (a: Uint8Array, b: Uint8Array): boolean => a.byteLength === b.byteLength && timingSafeEqual(a, b)
