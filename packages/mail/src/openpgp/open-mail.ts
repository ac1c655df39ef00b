import { readSignature, SignaturePacket } from 'openpgp'
import { mendLineEnds } from '../line-ends.ts'
import { mimeTree } from '../mime-tree.ts'
import type { MimePart } from '../mime-tree.ts'
import { unarmored } from './armor.ts'
import { CONFIG } from './config.ts'
import { decryptMessage } from './decrypt.ts'
import type { Keyring, UnreadableBecause } from './decrypt.ts'
import { envelopeOf } from './envelope.ts'
import type { Envelope } from './envelope.ts'
import { MAX_OPENED_PARTS } from './limits.ts'
import { readSignedData } from '../signed-data.ts'
import { checkSignatures } from './signatures.ts'
import type { SignatureFact } from './signatures.ts'

/**
 * A MIME entity that people read, with the encryption or signature that covers all of it. Entities of one mail must
 * never be merged, because each is covered differently.
 */
export type Entity = {
  readonly bytes: Uint8Array
  readonly tree: MimePart
  readonly encryption: 'none' | 'openpgp' | 'unreadable' | 's-mime'
  readonly unreadable?: UnreadableBecause
  readonly signature: 'none' | 'openpgp' | 's-mime'
  readonly signatures: readonly SignatureFact[]
}

type Covered = Omit<Entity, 'bytes' | 'tree'>

const OPEN: Covered = { encryption: 'none', signature: 'none', signatures: [] }

/**
 * The entities of a mail. A mail without an envelope, or inside a single envelope, has one entity. Otherwise the first
 * entity is the part outside of all envelopes, and the content of each envelope follows.
 */
export async function openMail(
  bytes: Uint8Array,
  tree: MimePart,
  keyring: Keyring,
  at: number,
): Promise<readonly Entity[]> {
  const root = onlyPart(tree)
  const whole = envelopeOf(bytes, root)
  if (whole !== undefined) return [await openEnvelope({ bytes, tree: root }, whole, keyring, at)]
  const inside = envelopesIn(bytes, tree).slice(0, MAX_OPENED_PARTS)
  const outside = without(tree, new Set(inside.map(({ part }) => part)))
  const opened: Entity[] = []
  for (const { part, envelope } of inside) opened.push(await openEnvelope({ bytes, tree: part }, envelope, keyring, at))
  return outside === undefined ? opened : [{ bytes, tree: outside, ...OPEN }, ...opened]
}

/** Some gateways put the whole mail into a multipart of its own. */
const onlyPart = (tree: MimePart): MimePart => {
  const [only, ...more] = tree.children
  return only === undefined || more.length > 0 || only.children.length === 0 ? tree : onlyPart(only)
}

type Place = Pick<Entity, 'bytes' | 'tree'>

/** The content of an envelope. If the envelope cannot be opened, the entity is the envelope itself. */
async function openEnvelope(place: Place, envelope: Envelope, keyring: Keyring, at: number): Promise<Entity> {
  switch (envelope.is) {
    case 's-mime-signed':
      return { ...place, ...OPEN, signature: 's-mime' }
    case 's-mime-block': {
      const found = readSignedData(envelope.block)
      if (found === undefined && envelope.says === 'encrypted') return { ...place, ...OPEN, encryption: 's-mime' }
      const { content } = found ?? {}
      return { ...(content === undefined ? place : entityOf(content)), ...OPEN, signature: 's-mime' }
    }
    case 'openpgp-encrypted': {
      const found = await decryptMessage(envelope.block, keyring, at)
      if (found.is === 'unreadable') return { ...place, ...OPEN, encryption: 'unreadable', unreadable: found.because }
      const inner = entityOf(found.content)
      const inside = envelopeOf(inner.bytes, inner.tree)
      // RFC 3156 section 6.1: a mail is first signed, then encrypted. A further encryption inside the first one, even
      // inside a signed part, is not opened. Its parts are shown as files.
      if (found.signatures.length === 0 && inside?.is === 'openpgp-signed' && !signsCiphertext(inside))
        return { ...(await openEnvelope(inner, inside, keyring, at)), encryption: 'openpgp' }
      return { ...inner, encryption: 'openpgp', signature: kindOf(found.signatures), signatures: found.signatures }
    }
    case 'openpgp-signed': {
      const inner = entityOf(envelope.signed)
      const inside = envelopeOf(inner.bytes, inner.tree)
      // The signature around a ciphertext is ignored, because anybody can sign a ciphertext from another mail without
      // knowing its content.
      if (inside?.is === 'openpgp-encrypted') return openEnvelope(inner, inside, keyring, at)
      const signatures = await checkSignatures(await packetsOf(envelope.signature), envelope.signed, keyring.find, at)
      return { ...inner, encryption: 'none', signature: 'openpgp', signatures: orBad(signatures) }
    }
  }
}

function signsCiphertext({ signed }: Extract<Envelope, { is: 'openpgp-signed' }>): boolean {
  const { bytes, tree } = entityOf(signed)
  return envelopeOf(bytes, tree)?.is === 'openpgp-encrypted'
}

const kindOf = (signatures: readonly SignatureFact[]): Entity['signature'] =>
  signatures.length === 0 ? 'none' : 'openpgp'

/** A signature that cannot be read counts as bad, not as absent. */
const orBad = (signatures: readonly SignatureFact[]): readonly SignatureFact[] =>
  signatures.length === 0 ? [{ state: 'bad', keyId: '' }] : signatures

async function packetsOf(block: Uint8Array): Promise<readonly SignaturePacket[]> {
  const bytes = await unarmored(block)
  if (bytes === undefined) return []
  const signature = await readSignature({ binarySignature: bytes, config: CONFIG }).catch(() => undefined)
  return signature?.packets.filter((packet) => packet instanceof SignaturePacket) ?? []
}

function entityOf(content: Uint8Array): Place {
  const bytes = mendLineEnds(content)
  return { bytes, tree: mimeTree(bytes) }
}

type Found = { readonly part: MimePart; readonly envelope: Envelope }

function envelopesIn(bytes: Uint8Array, tree: MimePart): readonly Found[] {
  return tree.children.flatMap((part) => {
    const envelope = envelopeOf(bytes, part)
    return envelope === undefined ? envelopesIn(bytes, part) : [{ part, envelope }]
  })
}

/** The part without these parts, and without multiparts that are empty then; undefined if nothing is left. */
function without(part: MimePart, removed: ReadonlySet<MimePart>): MimePart | undefined {
  if (removed.has(part)) return undefined
  if (part.children.length === 0) return part
  const children = part.children.flatMap((child) => without(child, removed) ?? [])
  return children.length === 0 ? undefined : { ...part, children }
}
