import { unarmor } from 'openpgp'
import { CONFIG } from './config.ts'

/** The first line of an armored block (RFC 9580 section 6.2). */
const BEGIN = /^-----BEGIN PGP (?:PUBLIC KEY BLOCK|PRIVATE KEY BLOCK|MESSAGE|SIGNATURE)-----[ \t]*\r?$/mu

/** The bytes of an OpenPGP block, with or without armor. Undefined if it is neither armor nor a packet. */
export async function unarmored(block: Uint8Array): Promise<Uint8Array | undefined> {
  // The first bit of a packet is always set (RFC 9580 section 4.2). In armor, no character has its first bit set.
  if (((block[0] ?? 0) & 0x80) !== 0) return block
  const text = Buffer.from(block.buffer, block.byteOffset, block.length).toString('latin1')
  const start = text.search(BEGIN)
  if (start === -1) return undefined
  try {
    const { data } = await unarmor(text.slice(start), CONFIG)
    return data instanceof Uint8Array ? data : undefined
  } catch {
    return undefined
  }
}
