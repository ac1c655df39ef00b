import { armor, decryptKey, encryptKey, enums, generateKey, readKey, readPrivateKey, reformatKey } from 'openpgp'
import { SecretKeyPacket, SecretSubkeyPacket } from 'openpgp'
import type { Key, PrivateKey } from 'openpgp'
import { unarmored } from './armor.ts'
import { CONFIG } from './config.ts'
import { MAX_KEY_BYTES } from './limits.ts'
import { parsedKey } from './parsed-keys.ts'

/** One of our keys. `secret` has the private parts without a passphrase, so it must be sealed when it is stored. */
export type OwnKey = {
  /** Upper-case hexadecimal, 40 digits for version 4. */
  readonly fingerprint: string
  readonly secret: Uint8Array
  readonly public: Uint8Array
}

export type NewKey = OwnKey & {
  /** Armored. Publishing this certificate declares the key invalid. It has no other use. */
  readonly revocationCertificate: string
}

/**
 * What an imported key can do here. A key without the secret part of its primary key can decrypt and sign, but its
 * expiry date cannot be changed.
 */
export type Abilities = { readonly decrypts: boolean; readonly signs: boolean; readonly extends: boolean }

export type Import =
  | { readonly is: 'imported'; readonly key: OwnKey; readonly can: Abilities }
  | { readonly is: 'refused'; readonly because: ImportRefusal }

export type ImportRefusal =
  | 'no-key'
  | 'public-only'
  | 'too-large'
  | 'unreadable'
  | 'wrong-passphrase'
  | 'cannot-decrypt'
  | 'cannot-sign'

const MS = 1_000

/**
 * Makes a new key of version 4 with Ed25519 and X25519. Its legacy encoding (RFC 9580 section 9.2) can be read by every
 * OpenPGP program of the last ten years.
 */
export async function createKey(owner: {
  readonly name: string
  readonly address: string
  readonly at: number
  readonly expiresAt: number
}): Promise<NewKey> {
  const { privateKey, revocationCertificate } = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: { name: owner.name, email: owner.address },
    date: new Date(owner.at),
    keyExpirationTime: Math.round((owner.expiresAt - owner.at) / MS),
    format: 'object',
    config: CONFIG,
  })
  return { ...ownKey(privateKey), revocationCertificate }
}

/** A backup copy of the key for paper or a safe: armored, and with its private parts encrypted with a passphrase. */
export async function lockedCopy(key: Pick<OwnKey, 'secret'>, passphrase: string): Promise<string> {
  const privateKey = await readPrivateKey({ binaryKey: key.secret, config: CONFIG })
  return (await encryptKey({ privateKey, passphrase, config: CONFIG })).armor(CONFIG)
}

/** Imports a key that another program made. */
export async function importKey(block: Uint8Array, passphrase: string | undefined, at: number): Promise<Import> {
  if (block.length > MAX_KEY_BYTES) return refused('too-large')
  const bytes = await unarmored(block)
  if (bytes === undefined) return refused('no-key')
  const locked = await readPrivateKey({ binaryKey: bytes, config: CONFIG }).catch(() => undefined)
  if (locked === undefined) return refused((await isPublic(bytes)) ? 'public-only' : 'unreadable')
  const key = locked.isDecrypted() ? locked : await unlocked(locked, passphrase)
  if (key === undefined) return refused('wrong-passphrase')
  const date = new Date(at)
  const can = {
    decrypts: (await key.getDecryptionKeys(undefined, date, undefined, CONFIG).catch(() => [])).length > 0,
    signs: await key.getSigningKey(undefined, date, undefined, CONFIG).then(
      (part) => hasSecret(part.keyPacket),
      () => false,
    ),
    extends: hasSecret(key.keyPacket),
  }
  if (!can.decrypts) return refused('cannot-decrypt')
  // Every encrypted letter is also signed. With a key that cannot sign, every encrypted letter would have to wait.
  return can.signs ? { is: 'imported', key: ownKey(key), can } : refused('cannot-sign')
}

/**
 * The same key with another expiry date. The key's earlier self-signatures are kept, so what it signed earlier stays
 * valid.
 *
 * @throws Error if the secret part of the primary key is missing (`Abilities.extends` is false)
 */
export async function extendKey(key: Pick<OwnKey, 'secret'>, expiresAt: number, at: number): Promise<OwnKey> {
  const before = await readPrivateKey({ binaryKey: key.secret, config: CONFIG })
  const { privateKey } = await reformatKey({
    privateKey: await readPrivateKey({ binaryKey: key.secret, config: CONFIG }),
    userIDs: before.users.flatMap(({ userID }) =>
      userID === null ? [] : [{ name: userID.name, email: userID.email, comment: userID.comment }],
    ),
    keyExpirationTime: Math.round((expiresAt - before.getCreationTime().getTime()) / MS),
    date: new Date(at),
    format: 'object',
    config: CONFIG,
  })
  return ownKey(await before.update(privateKey, new Date(at), CONFIG))
}

function ownKey(key: PrivateKey): OwnKey {
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    secret: new Uint8Array(key.write()),
    public: new Uint8Array(key.toPublic().write()),
  }
}

const refused = (because: ImportRefusal): Import => ({ is: 'refused', because })

async function unlocked(privateKey: PrivateKey, passphrase: string | undefined): Promise<PrivateKey | undefined> {
  if (passphrase === undefined) return undefined
  return decryptKey({ privateKey, passphrase, config: CONFIG }).catch(() => undefined)
}

const hasSecret = (packet: object): boolean =>
  packet instanceof SecretKeyPacket || packet instanceof SecretSubkeyPacket
    ? !packet.isMissingSecretKeyMaterial()
    : false

const isPublic = async (bytes: Uint8Array): Promise<boolean> =>
  readKey({ binaryKey: bytes, config: CONFIG }).then(
    (key) => !key.isPrivate(),
    () => false,
  )

const armoredKeys = new WeakMap<Key, string>()

/** The public part of a key of ours, armored. */
export async function armoredPublicKey(own: Pick<OwnKey, 'public'>): Promise<string> {
  const key = await parsedKey(own.public)
  const armored = armoredKeys.get(key) ?? key.armor(CONFIG)
  armoredKeys.set(key, armored)
  return armored
}

/** The public key of somebody else, as text. */
export const armoredKey = (key: Uint8Array): string => armor(enums.armor.publicKey, key)
