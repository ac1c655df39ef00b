import { visibleText } from '../clean.ts'
import { readCleartext } from './cleartext.ts'
import { decryptMessage } from './decrypt.ts'
import type { Keyring } from './decrypt.ts'
import { inlinePieces } from './inline.ts'
import type { TextPiece } from './inline.ts'
import { MAX_LAYERS, MAX_OPENED_PARTS } from './limits.ts'
import type { Entity } from './open-mail.ts'

/** Text that people read, with the encryption or signature that covers all of it. */
export type Section = Omit<Entity, 'bytes' | 'tree'> & { readonly text: string }

/**
 * Splits the text of an entity into sections. A text without OpenPGP blocks is one section. In encrypted text, only
 * encrypted blocks are opened, each as a separate layer. In text that is only signed, no block is opened.
 */
export async function openInline(
  text: string,
  { encryption, unreadable, signature, signatures, depth }: Entity,
  keyring: Keyring,
  at: number,
): Promise<readonly Section[]> {
  const cover: Cover = {
    encryption,
    ...(unreadable !== undefined && { unreadable }),
    signature,
    signatures,
    ...(depth !== undefined && { depth }),
  }
  const whole: readonly Section[] = [{ text: visibleText(text), ...cover }]
  if (encryption === 'openpgp') return openInside(text, cover, keyring, at)
  const pieces = encryption === 'none' && signature === 'none' ? inlinePieces(text) : []
  if (!pieces.some(({ is }) => is === 'encrypted' || is === 'signed')) return whole
  const sections: Section[] = []
  for (const [index, piece] of pieces.entries())
    sections.push(index < MAX_OPENED_PARTS ? await open(piece, keyring, at) : outside(piece.text))
  return sections
}

type Cover = Omit<Section, 'text'>

/**
 * The first section is the text around the encrypted blocks, with the encryption and signature of the whole text. After
 * it comes a section for each block that can be opened.
 */
async function openInside(text: string, cover: Cover, keyring: Keyring, at: number): Promise<readonly Section[]> {
  const depth = (cover.depth ?? 0) + 1
  const pieces = depth < MAX_LAYERS ? inlinePieces(text) : []
  const inner: Section[] = []
  let around = ''
  let tried = 0
  for (const piece of pieces) {
    const section = piece.is === 'encrypted' && tried < MAX_OPENED_PARTS ? await open(piece, keyring, at) : undefined
    if (piece.is === 'encrypted') tried += 1
    if (section?.encryption === 'openpgp') inner.push({ ...section, depth })
    else around += `${piece.text}\n`
  }
  // The first section is kept even if it is empty. Otherwise a single block would count as the whole mail.
  return [{ text: visibleText(inner.length === 0 ? text : around.trimEnd()), ...cover }, ...inner]
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
