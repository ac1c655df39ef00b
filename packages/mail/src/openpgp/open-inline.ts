import { visibleText } from '../clean.ts'
import { readCleartext } from './cleartext.ts'
import { decryptMessage } from './decrypt.ts'
import type { Keyring } from './decrypt.ts'
import { inlinePieces } from './inline.ts'
import type { TextPiece } from './inline.ts'
import { MAX_OPENED_PARTS } from './limits.ts'
import type { Entity } from './open-mail.ts'

/** Text that people read, with the encryption or signature that covers all of it. */
export type Section = Omit<Entity, 'bytes' | 'tree'> & { readonly text: string }

/**
 * The sections of an entity's text. There is one section, unless the text has OpenPGP blocks. Blocks inside text that
 * is already encrypted or signed are not opened; they are shown as they are.
 */
export async function openInline(
  text: string,
  { encryption, unreadable, signature, signatures }: Entity,
  keyring: Keyring,
  at: number,
): Promise<readonly Section[]> {
  const cover = { encryption, ...(unreadable !== undefined && { unreadable }), signature, signatures }
  const pieces = encryption === 'none' && signature === 'none' ? inlinePieces(text) : []
  if (!pieces.some(({ is }) => is === 'encrypted' || is === 'signed')) return [{ text: visibleText(text), ...cover }]
  const sections: Section[] = []
  for (const [index, piece] of pieces.entries())
    sections.push(index < MAX_OPENED_PARTS ? await open(piece, keyring, at) : outside(piece.text))
  return sections
}

/** Text that is neither encrypted nor signed. */
export const outside = (text: string): Section => ({
  text: visibleText(text),
  encryption: 'none',
  signature: 'none',
  signatures: [],
})

async function open({ is, text }: TextPiece, keyring: Keyring, at: number): Promise<Section> {
  switch (is) {
    case 'outside':
    case 'key':
      return outside(text)
    case 'signed': {
      const found = await readCleartext(text, keyring.find, at)
      if (found === undefined)
        return { ...outside(text), signature: 'openpgp', signatures: [{ state: 'bad', keyId: '' }] }
      return { ...outside(found.text), signature: 'openpgp', signatures: found.signatures }
    }
    case 'encrypted': {
      const found = await decryptMessage(new TextEncoder().encode(text), keyring, at)
      if (found.is === 'unreadable') return { ...outside(text), encryption: 'unreadable', unreadable: found.because }
      return {
        ...outside(new TextDecoder().decode(found.content).trimEnd()),
        encryption: 'openpgp',
        signature: found.signatures.length === 0 ? 'none' : 'openpgp',
        signatures: found.signatures,
      }
    }
  }
}
