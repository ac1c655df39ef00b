import { readSignature, SignaturePacket } from 'openpgp'
import { MailError } from '../errors.ts'
import { mendLineEnds } from '../line-ends.ts'
import { mimeTree } from '../mime-tree.ts'
import type { MimePart } from '../mime-tree.ts'
import { unarmored } from './armor.ts'
import { CONFIG } from './config.ts'
import { decryptMessage } from './decrypt.ts'
import type { Keyring, UnreadableBecause } from './decrypt.ts'
import { isMimeEntity, withHeader } from './content-header.ts'
import { encryptionAmong, envelopeOf, loneCiphertext } from './envelope.ts'
import type { Envelope } from './envelope.ts'
import { MAX_LAYERS, MAX_OPENED_PARTS } from './limits.ts'
import { readSignedData } from '../signed-data.ts'
import { checkSignatures } from './signatures.ts'
import type { SignatureFact } from './signatures.ts'

/**
 * A MIME entity that people read, with the encryption or signature that covers all of it. Entities of one mail must
 * never be merged, because each is encrypted or signed differently.
 */
export type Entity = {
  readonly bytes: Uint8Array
  readonly tree: MimePart
  readonly encryption: 'none' | 'openpgp' | 'unreadable' | 's-mime'
  readonly unreadable?: UnreadableBecause
  readonly signature: 'none' | 'openpgp' | 's-mime'
  readonly signatures: readonly SignatureFact[]
  /** How many other encryptions or signatures were around the entity. Absent if there were none. */
  readonly depth?: number
}

type Coverage = Omit<Entity, 'bytes' | 'tree'>

const OPEN: Coverage = { encryption: 'none', signature: 'none', signatures: [] }

/**
 * The entities of a mail. There is only one if the mail has no envelope, or if a single envelope covers all of it.
 * Otherwise the first entity is what is outside of all envelopes, if there is anything, and the content of each
 * envelope follows. The content of an inner envelope is an entity of its own. (A mail that was first signed and then
 * encrypted counts as having one envelope.) If a mail has several entities, no signature counts for the whole mail, not
 * even a good signature of an inner envelope.
 */
export async function openMail(
  bytes: Uint8Array,
  tree: MimePart,
  keyring: Keyring,
  at: number,
): Promise<readonly Entity[]> {
  const root = onlyPart(tree)
  const whole = envelopeOf(bytes, root) ?? (await loneEnvelope(bytes, root, keyring, at))
  const opening: Opening = { keyring, at, left: MAX_OPENED_PARTS }
  if (whole !== undefined) return openLayers({ bytes, tree: root }, whole, opening)
  const inside = envelopesIn(bytes, tree).slice(0, MAX_OPENED_PARTS)
  const outside = without(tree, new Set(inside.flatMap(({ part, among = [part] }) => among)))
  const opened: Entity[] = []
  for (const { part, envelope } of inside) opened.push(...(await openLayers({ bytes, tree: part }, envelope, opening)))
  return outside === undefined ? opened : [{ bytes, tree: outside, ...OPEN }, ...opened]
}

/**
 * The envelope of a mail that lost the structure of PGP/MIME, so its ciphertext looks like a file. Undefined if the
 * decrypted content is really a file.
 */
async function loneEnvelope(
  bytes: Uint8Array,
  tree: MimePart,
  keyring: Keyring,
  at: number,
): Promise<Envelope | undefined> {
  const block = loneCiphertext(bytes, tree)
  const found = block && (await decryptMessage(block, keyring, at))
  return block && found?.is === 'decrypted' && isMimeEntity(found.content)
    ? { is: 'openpgp-encrypted', block }
    : undefined
}

/** `left`: how many further parts of the mail may be opened. */
type Opening = { readonly keyring: Keyring; readonly at: number; left: number }

/**
 * Returns the content of an envelope without the encrypted and signed parts in it, followed by the content of each such
 * part.
 */
async function openLayers(place: Place, envelope: Envelope, opening: Opening, depth = 0): Promise<readonly Entity[]> {
  opening.left -= 1
  const outer = await openEnvelope(place, envelope, opening.keyring, opening.at)
  const layer: Entity = depth === 0 ? outer : { ...outer, depth }
  if (depth + 1 >= MAX_LAYERS || layer.encryption === 'unreadable' || layer.encryption === 's-mime') return [layer]
  const opened: Entity[] = []
  const parts = new Set<MimePart>()
  for (const found of layersIn(layer.bytes, layer.tree)) {
    if (opening.left === 0) break
    const inner = await openInside({ bytes: layer.bytes, tree: found.part }, found.envelope, opening, depth + 1)
    if (inner === undefined) continue
    parts.add(found.part)
    // A signed part inside an encryption is encrypted too.
    opened.push(...inner.map((one) => (one.encryption === 'none' ? { ...one, encryption: layer.encryption } : one)))
  }
  if (opened.length === 0) return [layer]
  const tree = without(layer.tree, parts)
  return [{ ...layer, ...(tree === undefined ? NOTHING : { tree }) }, ...opened]
}

/**
 * Opens an envelope that is inside another. Undefined if the inner envelope cannot be opened or read. In that case, it
 * stays a file in the content of the outer envelope.
 */
async function openInside(
  place: Place,
  envelope: Envelope,
  opening: Opening,
  depth: number,
): Promise<readonly Entity[] | undefined> {
  try {
    const inner = await openLayers(place, envelope, opening, depth)
    return inner.some(({ encryption }) => encryption === 'unreadable') ? undefined : inner
  } catch (error) {
    if (error instanceof MailError) return undefined
    throw error
  }
}

/** A cache of parsed contents. A mail is opened twice if the key for its signature came with the mail itself. */
const ENTITIES = new WeakMap<Uint8Array, Place>()

/** An empty entity, for an envelope that contains only another envelope. */
const NOTHING: Place = entityOf(new TextEncoder().encode('Content-Type: text/plain\r\n\r\n'))

/** Some gateways wrap the whole mail in one more multipart. */
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
      // RFC 3156 section 6.1: a mail is first signed, then encrypted. Both count as one layer. A ciphertext inside the
      // signed part is a further layer.
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
  const known = ENTITIES.get(content)
  if (known !== undefined) return known
  const bytes = mendLineEnds(withHeader(content))
  const entity = { bytes, tree: mimeTree(bytes) }
  ENTITIES.set(content, entity)
  return entity
}

/** `among`: the two parts that belong to the encryption, if the same multipart also has other parts. */
type EncryptedPart = { readonly part: MimePart; readonly envelope: Envelope; readonly among?: readonly MimePart[] }

/** The encrypted or signed parts. If such parts are inside one another, only the outermost is returned. */
function layersIn(bytes: Uint8Array, part: MimePart): readonly EncryptedPart[] {
  const envelope = envelopeOf(bytes, part)
  return envelope?.is === 'openpgp-encrypted' || envelope?.is === 'openpgp-signed'
    ? [{ part, envelope }]
    : part.children.flatMap((child) => layersIn(bytes, child))
}

function envelopesIn(bytes: Uint8Array, tree: MimePart): readonly EncryptedPart[] {
  const found = encryptionAmong(bytes, tree)
  const inside = tree.children.flatMap((part) => {
    if (found?.parts.includes(part) === true) return []
    const envelope = envelopeOf(bytes, part)
    return envelope === undefined ? envelopesIn(bytes, part) : [{ part, envelope }]
  })
  if (found === undefined) return inside
  const { parts, envelope } = found
  return [{ part: { ...tree, children: parts }, envelope, among: parts }, ...inside]
}

/** The part without the removed parts, and without multiparts that become empty. Undefined if nothing is left. */
function without(part: MimePart, removed: ReadonlySet<MimePart>): MimePart | undefined {
  if (removed.has(part)) return undefined
  if (part.children.length === 0) return part
  const children = part.children.flatMap((child) => without(child, removed) ?? [])
  return children.length === 0 ? undefined : { ...part, children }
}
