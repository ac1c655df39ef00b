import { LINUX_DISTROS } from '@embargo/core'
import type { LetterMaterial } from '@embargo/letters'
import { armoredPublicKey, MailError } from '@embargo/mail'
import type { MailDraft, Protection } from '@embargo/mail'
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
 * Returns the mail as it is sent: encrypted and signed, only signed, or unprotected.
 *
 * @throws CannotPerform if the project's own key cannot sign now
 * @throws MailError in the same cases as `composeMail`
 */
export async function writeOutgoing(
  { mailWriter }: Pick<Deps, 'mailWriter'>,
  draft: Omit<MailDraft, 'protection'>,
  leaving: OutgoingLetter,
): Promise<Uint8Array> {
  const protection = protectionOf(leaving)
  try {
    return await mailWriter.write({ ...draft, ...(protection && { protection }) })
  } catch (error) {
    if (error instanceof MailError || protection === undefined) throw error
    throw new CannotPerform(
      'This mail could not be signed: the key of the project has expired, or its signing part is missing. Look at the key with "embargo keys"; if it has expired, extend it with "embargo keys extend". Then send this again.',
      { cause: error },
    )
  }
}

function protectionOf({ reader, own, material }: OutgoingLetter): Protection | undefined {
  const signer = own?.secret
  if (reader.is === 'key') {
    const tag = material.list?.kind === 'linux-distros' ? { subjectTag: LINUX_DISTROS.subjectTag } : {}
    return { is: 'encrypted', to: [reader.key], ...(signer && { signer }), ...tag }
  }
  return material.policy.sign === 'always' && signer !== undefined ? { is: 'signed', signer } : undefined
}
