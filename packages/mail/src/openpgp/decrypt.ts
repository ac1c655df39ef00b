import { createHash } from 'node:crypto'
import { decrypt, enums, readMessage, SignaturePacket } from 'openpgp'
import type { Config, Message, PrivateKey } from 'openpgp'
import { unarmored } from './armor.ts'
import { CONFIG } from './config.ts'
import { MAX_DECOMPRESSED_BYTES, MAX_SESSION_KEYS } from './limits.ts'
import { parsedPrivateKey } from './parsed-keys.ts'
import { checkSignatures } from './signatures.ts'
import type { FindKeys, SignatureFact } from './signatures.ts'

/** What was inside an encrypted message: its content, and its signatures, which are not checked yet. */
type OpenedMessage = { readonly content: Uint8Array; readonly packets: readonly SignaturePacket[] }

/**
 * Our own private keys, and how to find the public keys of others. `opened` keeps decrypted messages by their SHA-256,
 * because decrypting with a large key takes long.
 */
export type Keyring = {
  readonly own: () => Promise<readonly Uint8Array[]>
  readonly find: FindKeys
  readonly opened?: Map<string, OpenedMessage>
}

/**
 * `unprotected`: the message has no integrity protection, so anybody could have changed it on the way (EFAIL). `file`:
 * an encrypted file of the mail was not opened, for whatever reason.
 */
export type UnreadableBecause = 'no-key' | 'unprotected' | 'too-large' | 'damaged' | 'file'

export type DecryptResult =
  | { readonly is: 'decrypted'; readonly content: Uint8Array; readonly signatures: readonly SignatureFact[] }
  | { readonly is: 'unreadable'; readonly because: UnreadableBecause }

/**
 * Opens one encrypted OpenPGP message, armored or binary, and checks the signatures inside it. `maxBytes`: how large
 * its content may be.
 */
export async function decryptMessage(
  block: Uint8Array,
  keyring: Keyring,
  at: number,
  maxBytes = MAX_DECOMPRESSED_BYTES,
): Promise<DecryptResult> {
  const bytes = await unarmored(block)
  if (bytes === undefined) return unreadable('damaged')
  const config: Config = { ...CONFIG, maxDecompressedMessageSize: maxBytes }
  const message = await readMessage({ binaryMessage: bytes, config }).catch(() => undefined)
  if (message === undefined) return unreadable('damaged')
  if (message.packets.indexOfTag(enums.packet.symmetricallyEncryptedData).length > 0) return unreadable('unprotected')
  if (message.getEncryptionKeyIDs().length > MAX_SESSION_KEYS) return unreadable('too-large')
  const own = await Promise.all((await keyring.own()).map(parsedPrivateKey))
  const addressed = addressees(message, own)
  if (addressed.length === 0) return unreadable('no-key')
  try {
    const digest = createHash('sha256').update(bytes).digest('hex')
    const opened = keyring.opened?.get(digest) ?? (await open(message, addressed, config))
    const { content, packets } = opened
    if (content.length > maxBytes) return unreadable('too-large')
    keyring.opened?.set(digest, opened)
    return { is: 'decrypted', content, signatures: await checkSignatures(packets, content, keyring.find, at) }
  } catch (error) {
    return unreadable(becauseOf(error))
  }
}

async function open(
  message: Message<Uint8Array>,
  decryptionKeys: PrivateKey[],
  config: Config,
): Promise<OpenedMessage> {
  const { data, signatures } = await decrypt({
    message,
    decryptionKeys,
    format: 'binary',
    config,
    // No keys are passed here, because `checkSignatures` looks up only the keys that the message names.
    verificationKeys: [],
  })
  const packets = (await Promise.all(signatures.map(async ({ signature }) => signature))).flatMap((one) =>
    one.packets.filter((packet) => packet instanceof SignaturePacket),
  )
  return { content: data, packets }
}

/**
 * Those of our keys to which the message may be encrypted. A key id of zeros hides the recipient (RFC 9580 section
 * 5.1.8), so all keys are tried.
 */
function addressees(message: Message<Uint8Array>, own: readonly PrivateKey[]): PrivateKey[] {
  const ids = message.getEncryptionKeyIDs()
  if (ids.some((id) => /^0+$/u.test(id.toHex()))) return [...own]
  return own.filter((key) => ids.some((id) => key.getKeys(id).length > 0))
}

const unreadable = (because: UnreadableBecause): DecryptResult => ({ is: 'unreadable', because })

/** The library has no error codes, so its messages are compared. An unknown message counts as damage. */
function becauseOf(error: unknown): UnreadableBecause {
  const words = error instanceof Error ? error.message : ''
  if (/decompressed/iu.test(words)) return 'too-large'
  return /session key decryption failed/iu.test(words) ? 'no-key' : 'damaged'
}
