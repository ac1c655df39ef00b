import type { Section } from './open-inline.ts'
import type { Entity } from './open-mail.ts'
import type { UnreadableBecause } from './decrypt.ts'
import type { SignatureFact } from './signatures.ts'

/** What protects a mail, according to its own bytes. `judgeSignature` says whose keys made the signatures. */
export type MailProtection = {
  /**
   * `openpgp`: the mail was encrypted to us and could be decrypted. `unreadable`: it could not be decrypted, and is
   * kept as it came.
   */
  readonly encryption: 'none' | 'openpgp' | 'unreadable' | 's-mime'
  readonly unreadable?: UnreadableBecause
  /** Set if some of the text was not encrypted, so everybody on the way could read it. */
  readonly encryptedInPart?: true
  /** `s-mime`: the mail has an S/MIME signature, which we do not check. */
  readonly signature: 'none' | 'openpgp' | 's-mime'
  readonly signatures: readonly SignatureFact[]
  /**
   * `part`: some of the text that people read is not encrypted or signed in the same way as the rest. In that case,
   * each section has a heading.
   */
  readonly covers: 'all' | 'part'
  /** Set if the subject is encrypted or signed too. If not, anybody on the way could have written the subject. */
  readonly coversSubject?: true
}

export const UNPROTECTED: MailProtection = {
  encryption: 'none',
  signature: 'none',
  signatures: [],
  covers: 'all',
}

/**
 * What protects the mail as a whole. `signatures` has the signatures of all sections. If `covers` is `part`, no
 * signature counts for the whole mail. `hasClosedFile`: whether an entity that is not encrypted contains an encrypted
 * file that was not opened.
 */
export function protectionOf(
  entities: readonly Entity[],
  sections: readonly Section[],
  hasClosedFile: boolean,
): MailProtection {
  const covers = entities.length <= 1 && sections.length <= 1 ? 'all' : 'part'
  const encrypted =
    sections.find(({ encryption }) => encryption === 'unreadable') ??
    (hasClosedFile ? CLOSED_FILE : mostCovered(sections, 'encryption'))
  return {
    encryption: encrypted?.encryption ?? 'none',
    ...(encrypted?.unreadable !== undefined && { unreadable: encrypted.unreadable }),
    ...(encrypted?.encryption === 'openpgp' &&
      sections.some((section) => section.encryption === 'none' && !isEmpty(section)) && { encryptedInPart: true }),
    signature: mostCovered(sections, 'signature')?.signature ?? 'none',
    signatures: sections.flatMap(({ signatures }) => signatures),
    covers,
    ...(protectedEntity(entities) !== undefined && { coversSubject: true }),
  }
}

/**
 * For an encrypted file that cannot be opened. The file is kept as it came. If the file is outside of all encrypted
 * parts, its mail counts as one that could not be decrypted.
 */
export const CLOSED_FILE = { encryption: 'unreadable', unreadable: 'file' } as const

/**
 * The entity whose protected header fields count instead of the mail's unprotected fields. Undefined if the mail has
 * several entities, or if the header fields of its entity are not protected.
 */
export function protectedEntity(entities: readonly Entity[]): Entity | undefined {
  const [only, ...more] = entities
  return only !== undefined && more.length === 0 && isProtectedHeader(only) ? only : undefined
}

const mostCovered = (sections: readonly Section[], by: 'encryption' | 'signature'): Section | undefined =>
  sections.find((section) => section[by] === 'openpgp') ?? sections.find((section) => section[by] !== 'none')

/**
 * Whether the header fields inside an OpenPGP envelope are protected. If they are, the content says so: with the
 * parameter `hp` (RFC 9788 section 4.1), or with its forerunner.
 */
const isProtectedHeader = ({ tree, encryption, signature }: Entity): boolean =>
  (encryption === 'openpgp' || signature === 'openpgp') &&
  (tree.parameters.has('hp') || tree.parameters.get('protected-headers') === 'v1')

/**
 * Joins the sections into one text. If there are several, each of their lines begins with a bar, so no text can imitate
 * our headings.
 */
export function marked(sections: readonly Section[]): string {
  const [only, ...more] = sections
  if (only !== undefined && more.length === 0) return only.text
  return sections
    .filter((section) => !isEmpty(section))
    .flatMap((section) => [`[${headingOf(section)}]`, ...section.text.split('\n').map((line) => `| ${line}`)])
    .join('\n')
}

/** Whether a section has no text and is outside of all encryptions and signatures. */
const isEmpty = ({ text, encryption, signature }: Section): boolean =>
  encryption === 'none' && signature === 'none' && text.trim() === ''

/**
 * The heading of a layer: how it is encrypted, and what its signatures are worth. It never says who the owner of the
 * signing key is.
 */
function headingOf({ encryption, signature, signatures, depth }: Section): string {
  const layer = depth === undefined ? '' : `inside that, layer ${depth + 1}: `
  if (encryption === 'unreadable') return `${layer}encrypted, not opened`
  const encrypted = encryption === 'none' ? 'not encrypted' : 'encrypted'
  return `${layer}${encrypted}, ${signatureInWords({ signature, signatures })}`
}

/** What a signature is worth, in words. The words never name the owner of the key. */
export const signatureInWords = ({ signature, signatures }: Pick<Section, 'signature' | 'signatures'>): string =>
  signature === 'openpgp' ? signed(signatures) : UNCHECKED[signature]

const UNCHECKED = { none: 'not signed', 's-mime': 'signed by S/MIME, not checked' } as const

function signed(signatures: readonly SignatureFact[]): string {
  const states = new Set(signatures.map(({ state }) => state))
  if (states.has('bad')) return 'bad signature'
  const [good] = signatures.flatMap(({ state, fingerprint }) => (state === 'good' ? (fingerprint ?? []) : []))
  if (good !== undefined) return `signed with …${good.slice(-DIGITS)}`
  return states.has('unknown-key') ? 'signed with a key we don’t have' : 'signature proves nothing'
}

/** How many digits of a fingerprint are shown. Cards show the same number. */
const DIGITS = 4
