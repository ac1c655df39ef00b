import { readCleartextMessage, SignaturePacket, verify } from 'openpgp'
import { CONFIG } from './config.ts'
import { checkSignatures } from './signatures.ts'
import type { FindKeys, SignatureFact } from './signatures.ts'

/**
 * The text of a cleartext-signed block (RFC 9580 section 7) and its signatures; undefined if the block cannot be read.
 */
export async function readCleartext(
  block: string,
  find: FindKeys,
  at: number,
): Promise<{ readonly text: string; readonly signatures: readonly SignatureFact[] } | undefined> {
  const message = await readCleartextMessage({ cleartextMessage: block, config: CONFIG }).catch(() => undefined)
  if (message === undefined) return undefined
  const text = message.getText()
  const results = await verify({ message, verificationKeys: [], date: new Date(at), config: CONFIG })
  const packets = (await Promise.all(results.signatures.map(async ({ signature }) => signature))).flatMap((one) =>
    one.packets.filter((packet) => packet instanceof SignaturePacket),
  )
  return { text, signatures: await checkSignatures(packets, new TextEncoder().encode(text), find, at) }
}
