import { LINUX_DISTROS } from '@embargo/core'
import type { Instant } from '@embargo/core'
import type { LetterMaterial } from '@embargo/letters'
import { armoredPublicKey } from '@embargo/mail'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import type { StoredOwnKey } from '../ports/own-keys.ts'
import { wroteEncrypted } from './encryption.ts'
import type { Reader } from './encryption.ts'

type OutgoingLetter = {
  readonly reader: Reader
  /** The project's current key, with which the mail is signed. */
  readonly own: StoredOwnKey | undefined
  readonly material: LetterMaterial
}

/** The facts about keys that a letter may tell its reader. */
export async function keyMaterial(
  own: StoredOwnKey | undefined,
  reader: Reader,
  material: LetterMaterial,
): Promise<Pick<LetterMaterial, 'ownKey' | 'readable'>> {
  const isReadable = reader.is === 'clear' && wroteEncrypted(material)
  return {
    ...(own && { ownKey: { fingerprint: own.fingerprint, armored: await armoredPublicKey(own) } }),
    ...(isReadable && { readable: true }),
  }
}

/**
 * Returns the mail as it is sent: encrypted and signed, only signed, or unchanged.
 *
 * @throws CannotPerform if the project's own key cannot sign now
 */
export async function protectOutgoing(
  { protect }: Pick<Deps, 'protect'>,
  mail: Uint8Array,
  leaving: OutgoingLetter,
  at: Instant,
): Promise<Uint8Array> {
  const { reader, own, material } = leaving
  const signer = own?.secret
  if (reader.is === 'clear' && (material.policy.sign !== 'always' || signer === undefined)) return mail
  try {
    if (reader.is === 'key') {
      const tag = material.list?.kind === 'linux-distros' ? { subjectTag: LINUX_DISTROS.subjectTag } : {}
      return await protect(mail, { is: 'encrypted', to: [reader.key], ...(signer && { signer }), ...tag }, at)
    }
    return signer === undefined ? mail : await protect(mail, { is: 'signed', signer }, at)
  } catch (error) {
    throw new CannotPerform(
      'This mail could not be signed: the key of the project has expired, or its signing part is missing. "embargo keys" shows it, "embargo keys extend" gives it more time. Then send this again.',
      { cause: error },
    )
  }
}
