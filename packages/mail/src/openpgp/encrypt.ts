import { createMessage, encrypt, sign } from 'openpgp'
import { CONFIG } from './config.ts'
import { parsedKey, parsedPrivateKey } from './parsed-keys.ts'

/**
 * Returns the content encrypted to these public keys, signed if there is a signer, and armored. @throws Error if
 * nothing can be encrypted to one of the keys at this time
 */
export async function encryptAndSign(
  content: Uint8Array,
  keys: { readonly to: readonly Uint8Array[]; readonly signer?: Uint8Array },
  at: number,
): Promise<string> {
  return encrypt({
    message: await createMessage({ binary: content, date: new Date(at) }),
    encryptionKeys: await Promise.all(keys.to.map(parsedKey)),
    ...(keys.signer && { signingKeys: await parsedPrivateKey(keys.signer) }),
    date: new Date(at),
    config: CONFIG,
  })
}

/** A detached, armored signature over exactly these bytes. */
export async function signDetached(content: Uint8Array, signer: Uint8Array, at: number): Promise<string> {
  return sign({
    message: await createMessage({ binary: content, date: new Date(at) }),
    signingKeys: await parsedPrivateKey(signer),
    detached: true,
    date: new Date(at),
    config: CONFIG,
  }).then(String)
}
