import { createHash } from 'node:crypto'
import PostalMime, { addressParser } from 'postal-mime'
import type { Email } from 'postal-mime'
import { isAddress } from './address.ts'
import { cut, fileName, mediaType, visibleLine, visibleText } from './clean.ts'
import { MailError } from './errors.ts'
import { fileSections } from './file-sections.ts'
import { header, isMessageId, messageIds } from './headers.ts'
import { htmlText } from './html-text.ts'
import * as limits from './limits.ts'
import { mendLineEnds } from './line-ends.ts'
import { leaves, mimeTree } from './mime-tree.ts'
import type { MimePart } from './mime-tree.ts'
import { carriedKeys } from './openpgp/carried-keys.ts'
import { readPublicKeys } from './openpgp/key-facts.ts'
import { MAX_KEYS_IN_BLOCK } from './openpgp/limits.ts'
import type { Keyring } from './openpgp/decrypt.ts'
import { fileBudget, openFiles } from './openpgp/open-files.ts'
import type { FileBudget, MailFile } from './openpgp/open-files.ts'
import { openInline } from './openpgp/open-inline.ts'
import type { Section } from './openpgp/open-inline.ts'
import { openMail } from './openpgp/open-mail.ts'
import type { Entity } from './openpgp/open-mail.ts'
import { marked, protectedEntity, protectionOf, signatureInWords } from './openpgp/protection.ts'
import type { FindKeys, SignatureState } from './openpgp/signatures.ts'
import { contentOf, outline, OUTLINE_FIELDS, textOf } from './outline.ts'
import type { MailAttachment, MailHeaders, MailSender, ParsedMail } from './parsed-mail.ts'
import { WITHOUT_KEYS } from './reading.ts'
import type { Reading } from './reading.ts'
import { splitQuote } from './strip-quotes.ts'

/**
 * Turns the bytes of a mail into text. Nothing in the result can be trusted. A hostile mail can take very long, so mail
 * from outside must be parsed with `createParser`, which does this in a worker with limits.
 *
 * @throws MailError only: `too-large`, `too-many-parts`, `too-deep`, `headers-too-large`, `too-many-attachments`,
 * `unparsable`
 */
export async function parse(raw: Uint8Array, reading: Reading = WITHOUT_KEYS): Promise<ParsedMail> {
  if (raw.length > limits.MAX_MAIL_BYTES)
    throw new MailError('too-large', `The mail has more than ${limits.MAX_MAIL_BYTES} bytes. It is kept as it came.`)
  const { own } = reading.keyring
  const find = remembering(reading.keyring.find)
  const opened: Keyring['opened'] = new Map()
  try {
    const mail = await parseWith(raw, { ...reading, keyring: { own, find, opened } })
    const needsKey = mail.protection.signatures.some(({ state }) => NEEDS_KEY.has(state))
    if (!needsKey || mail.keys.length === 0) return mail
    // The signing key, or a copy of it with a later expiry date, may have come with the mail, even inside its encrypted
    // part.
    const findAlsoHere = async (ids: readonly string[]): Promise<readonly Uint8Array[]> => [
      ...(await find(ids)),
      ...mail.keys.map(({ bytes }) => bytes),
    ]
    return await parseWith(raw, { ...reading, keyring: { own, find: findAlsoHere, opened } }, mail)
  } catch (error) {
    if (error instanceof MailError) throw error
    throw new MailError('unparsable', 'The mail cannot be read. It is kept as it came.', { cause: error })
  }
}

/** Looks up the same ids only once, because each look-up asks the database. */
function remembering(find: FindKeys): FindKeys {
  const found = new Map<string, ReturnType<FindKeys>>()
  return async (ids) => {
    const asked = [...ids].sort().join(' ')
    const answer = found.get(asked) ?? find(ids)
    found.set(asked, answer)
    return answer
  }
}

const NEEDS_KEY: ReadonlySet<SignatureState> = new Set(['unknown-key', 'expired-key'])

/** `before`: the same mail, parsed with fewer keys. */
async function parseWith(raw: Uint8Array, reading: Reading, before?: ParsedMail): Promise<ParsedMail> {
  const bytes = mendLineEnds(raw)
  const tree = mimeTree(bytes)
  const entities = await openMail(bytes, tree, reading.keyring, reading.at)
  const contents: Content[] = []
  const budget = fileBudget()
  for (const entity of entities) contents.push(await read(entity, reading, budget))
  const [first] = entities
  const isWhole = first?.bytes === bytes && first.tree === tree
  const head = (isWhole ? contents[0] : undefined) ?? headOf(await decoded(outline(bytes, tree)))
  const mail = assemble(head, contents, tree)
  const { keys, unusableKey } = before ?? (await publicKeys(carriedKeys(mail.attachments, mail.headers), reading.at))
  return { ...mail, keys, ...(unusableKey !== undefined && { unusableKey }) }
}

type Head = { readonly headers: MailHeaders; readonly subject: string }

const headOf = ({ headers, subject = '' }: Email): Head => ({ headers: collect(headers), subject })

/** The content of one MIME entity. Each section of its text is encrypted or signed differently from the next. */
type Content = Head & {
  readonly entity: Entity
  readonly sections: readonly Section[]
  readonly files: readonly MailFile[]
  readonly hasClosedFile: boolean
  readonly textFrom: ParsedMail['textFrom']
  readonly textCut: boolean
}

async function read(entity: Entity, reading: Reading, budget: FileBudget): Promise<Content> {
  const known = DECODED.get(entity.bytes)
  const mail = known?.tree === entity.tree ? known.mail : await decode(entity.bytes, entity.tree)
  DECODED.set(entity.bytes, { tree: entity.tree, mail })
  const { text, cut: textCut, from: textFrom } = readable(mail)
  const sections = await openInline(text, entity, reading.keyring, reading.at)
  const files = await openFiles(mail.files, entity, reading, budget)
  return {
    entity,
    ...headOf(mail.email),
    sections: [
      ...sections,
      ...fileSections(
        sections,
        entity,
        files.map((file, index) => ({ ...file, name: nameOf(file, index) })),
      ),
    ],
    files,
    hasClosedFile: entity.encryption === 'none' && files.some(({ cover }) => cover?.encryption === 'unreadable'),
    textFrom,
    textCut,
  }
}

/**
 * Reads the keys in these blocks. Returns the keys that can be read. If some blocks cannot be read, `unusableKey` is
 * the reason for the first of these blocks.
 */
async function publicKeys(
  blocks: readonly Uint8Array[],
  at: number,
): Promise<Pick<ParsedMail, 'keys' | 'unusableKey'>> {
  const read = await Promise.all(blocks.map(async (block) => readPublicKeys(block, at)))
  const keys = read.flatMap((one) => (one.is === 'keys' ? one.keys : [])).slice(0, MAX_KEYS_IN_BLOCK)
  const [because] = read.flatMap((one) => (one.is === 'unusable' ? one.because : []))
  return { keys, ...(because !== undefined && { unusableKey: because }) }
}

type DecodedMail = {
  readonly email: Email
  readonly files: readonly MailFile[]
  /** Text that belongs to no part, because the mail's structure cannot be recognised. */
  readonly unclaimed: string
  readonly textCut: boolean
}

/** A cache of decoded entities. A mail is read twice if the key for its signature came with the mail itself. */
const DECODED = new WeakMap<Uint8Array, { readonly tree: MimePart; readonly mail: DecodedMail }>()

/**
 * First the decoder gets only the headers, which say which parts are files. Files are taken directly from the bytes. In
 * a second run, the decoder gets only the texts, cut to what people can read.
 */
async function decode(bytes: Uint8Array, tree: MimePart): Promise<DecodedMail> {
  const parts = leaves(tree)
  const { attachments } = await decoded(outline(bytes, tree))
  if (attachments.length > limits.MAX_ATTACHMENTS) {
    throw new MailError(
      'too-many-attachments',
      `The mail has more than ${limits.MAX_ATTACHMENTS} attachments. It is kept as it came.`,
    )
  }
  const files = new Set(attachments.map(placeOf))
  let budget = limits.MAX_TEXT_BYTES
  let textCut = false
  const texts = parts.map((part, at) => {
    if (files.has(at)) return new Uint8Array(0)
    const { content, cut: short } = textOf(bytes, part, budget)
    budget -= content.length
    textCut ||= short
    return content
  })
  const email = await decoded(outline(bytes, tree, (leaf) => texts[leaf] ?? new Uint8Array(0)))
  return {
    // In a mail without parts, the decoder also returns the fields of the outline, which come first.
    email: tree.children.length === 0 ? { ...email, headers: email.headers.slice(OUTLINE_FIELDS) } : email,
    files: email.attachments.map((file) => fileOf(file, bytes, parts)),
    unclaimed: new TextDecoder().decode(texts.find((text) => text.length > 0)),
    textCut,
  }
}

async function decoded(bytes: Uint8Array): Promise<Email> {
  return PostalMime.parse(bytes, {
    forceRfc822Attachments: true,
    maxNestingDepth: limits.MAX_NESTING + 1,
    maxHeadersSize: limits.MAX_HEADER_BYTES * 2,
  })
}

const placeOf = ({ contentId }: Email['attachments'][number]): number => Number.parseInt(contentId ?? '', 10)

function fileOf(file: Email['attachments'][number], bytes: Uint8Array, parts: readonly MimePart[]): MailFile {
  const part = parts[placeOf(file)]
  const { filename, mimeType, content } = file
  if (part !== undefined) return { filename, mimeType, content: contentOf(bytes, part) }
  return {
    filename,
    mimeType,
    content: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
  }
}

function assemble({ headers, subject }: Head, contents: readonly Content[], tree: MimePart): Omit<ParsedMail, 'keys'> {
  if (headers.size === 0)
    throw new MailError('unparsable', 'The bytes have no mail header. They are kept as they came.')
  const entities = contents.map(({ entity }) => entity)
  const inner = protectedEntity(entities) && contents[0]
  const from = sender(headers)
  const messageId = messageIds(header(headers, 'message-id') ?? '').find(isMessageId)
  const date = Date.parse(header(headers, 'date') ?? '')
  const reportType = tree.type === 'multipart/report' ? tree.parameters.get('report-type')?.toLowerCase() : undefined
  const sections = contents.flatMap((content) => content.sections)
  const attachments = contents
    .flatMap(({ files }) => files)
    .slice(0, limits.MAX_ATTACHMENTS)
    .map(attachment)
  return {
    ...(from && { from }),
    subject: visibleLine(inner?.subject ?? subject, limits.MAX_SUBJECT),
    ...(messageId !== undefined && { messageId }),
    inReplyTo: messageIds(header(headers, 'in-reply-to') ?? header(inner?.headers ?? headers, 'in-reply-to') ?? ''),
    references: messageIds(header(headers, 'references') ?? header(inner?.headers ?? headers, 'references') ?? ''),
    ...(Number.isFinite(date) && { date }),
    ...splitQuote(cut(marked(sections), limits.MAX_TEXT).trimEnd()),
    textFrom: contents.find(({ textFrom }) => textFrom !== 'nothing')?.textFrom ?? 'nothing',
    textCut: contents.some(({ textCut }) => textCut),
    attachments,
    protection: protectionOf(
      entities,
      sections,
      contents.some(({ hasClosedFile }) => hasClosedFile),
    ),
    type: tree.type,
    partTypes: leaves(tree).map(({ type }) => type),
    ...(reportType !== undefined && { reportType }),
    headers,
  }
}

/** RFC 5322 section 2.2: a field name is printable ASCII without the colon; anything else is ignored. */
const FIELD_NAME = /^[!-9;-~]{1,200}$/u

function collect(fields: Email['headers']): MailHeaders {
  const headers = new Map<string, string[]>()
  for (const { key, value } of fields) {
    if (!FIELD_NAME.test(key)) continue
    const values = headers.get(key)
    if (values === undefined) headers.set(key, [value])
    else values.push(value)
  }
  return headers
}

function sender(headers: MailHeaders): MailSender | undefined {
  const [value, ...more] = headers.get('from') ?? []
  if (value === undefined || more.length > 0 || value.length > limits.MAX_ADDRESS_FIELD) return undefined
  const [mailbox, ...others] = addressParser(value, { flatten: true })
  if (mailbox?.address === undefined || others.length > 0 || !isAddress(mailbox.address)) return undefined
  // The decoder also finds addresses in display names, so anything in quotes is ignored.
  const unquoted = value.replaceAll(/"(?:[^"\\]|\\.)*"/gu, '').trim()
  if (!unquoted.includes(`<${mailbox.address}>`) && !unquoted.startsWith(mailbox.address)) return undefined
  const name = visibleLine(mailbox.name, limits.MAX_NAME)
  return name === '' ? { address: mailbox.address } : { address: mailbox.address, name }
}

/**
 * Invisible characters are spelled out only after the signatures are checked, because a signature covers the original
 * characters.
 */
function readable({ email, files, unclaimed, textCut }: DecodedMail): {
  readonly text: string
  readonly cut: boolean
  readonly from: ParsedMail['textFrom']
} {
  const nothing = email.text === undefined && email.html === undefined && files.length === 0
  const plain = nothing ? unclaimed : (email.text ?? '')
  const useHtml = plain.trim() === '' && email.html !== undefined
  const { text, cut: short } = useHtml ? htmlText(email.html ?? '') : { text: plain, cut: false }
  const plainLines = cut(text, limits.MAX_TEXT).replaceAll(/\r\n?/gu, '\n')
  return {
    text: plainLines.trimEnd(),
    cut: textCut || short || text.length > limits.MAX_TEXT || visibleText(plainLines).length > limits.MAX_TEXT,
    from: text.trim() === '' ? 'nothing' : useHtml ? 'html' : 'plain',
  }
}

const nameOf = ({ filename }: MailFile, index: number): string => fileName(filename ?? '', `attachment-${index + 1}`)

function attachment(file: MailFile, index: number): MailAttachment {
  const { mimeType, content, cover } = file
  return {
    name: nameOf(file, index),
    type: mediaType(mimeType),
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    content,
    ...(cover?.encryption === 'openpgp' && { decrypted: signatureInWords(cover) }),
  }
}
