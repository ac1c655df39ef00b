import { mediaType } from './clean.ts'
import { MailError } from './errors.ts'
import type { TransferEncoding } from './transfer-encoding.ts'
import { MAX_HEADER_BYTES, MAX_HEADER_FIELD_BYTES, MAX_HEADER_FIELDS, MAX_NESTING, MAX_PARTS } from './limits.ts'

/** A part of a mail, given by byte offsets. Signatures cover the exact bytes, which the decoder does not keep. */
export type MimePart = {
  readonly path: string
  readonly type: string
  readonly parameters: ReadonlyMap<string, string>
  readonly encoding: TransferEncoding
  /** The delimiter of a multipart. Empty in every other part. */
  readonly boundary: Uint8Array
  readonly start: number
  readonly bodyStart: number
  readonly end: number
  readonly children: readonly MimePart[]
  readonly fields: number
}

type OpenEntity = {
  readonly path: string
  readonly start: number
  bodyStart: number
  end: number
  type: string
  parameters: ReadonlyMap<string, string>
  readonly children: OpenEntity[]
  fields: number
  fieldStart: number
  encoding: TransferEncoding
  /**
   * The fields that determine the structure, by name. If a name occurs twice, the first field counts, as in the
   * decoder.
   */
  readonly values: Map<string, string>
  /** The field that continues if the next line is folded. */
  unfolding: string | undefined
  state: 'header' | 'body' | 'over'
  boundary: Uint8Array
  /** The boundary as text, one character for each byte. */
  boundaryText: string
}

const DASH = 0x2d
const NONE = new Uint8Array(0)
/** One character for each byte. TextDecoder's "latin1" is a different encoding (Windows-1252). */
const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

/**
 * Finds the MIME structure of a mail (RFC 2046 section 5.1) in one pass over its lines, without decoding anything.
 * Nested messages are leaves. A mail that exceeds a limit is refused before any decoder gets it.
 *
 * @throws MailError `too-deep`, `too-many-parts`, `headers-too-large`
 */
export function mimeTree(bytes: Uint8Array): MimePart {
  const root = open('', 0)
  const stack: OpenEntity[] = [root]
  let parts = 1
  let headerBytes = 0
  let position = 0
  while (position < bytes.length) {
    const feed = bytes.indexOf(0x0a, position)
    const next = feed === -1 ? bytes.length : feed + 1
    const found =
      bytes[position] === DASH && bytes[position + 1] === DASH ? delimiter(stack, bytes, position, next) : undefined
    const part = stack.at(-1) ?? root
    if (found !== undefined) {
      close(stack, found.depth + 1, position)
      const parent = stack.at(-1) ?? root
      if (found.last) parent.state = 'over'
      else {
        parts += 1
        if (parts > MAX_PARTS)
          throw new MailError('too-many-parts', `The mail has more than ${MAX_PARTS} parts. It is kept as it came.`)
        if (stack.length > MAX_NESTING)
          throw new MailError(
            'too-deep',
            `The mail has parts nested more than ${MAX_NESTING} deep. It is kept as it came.`,
          )
        const child = open(
          parent.path === '' ? `${parent.children.length + 1}` : `${parent.path}.${parent.children.length + 1}`,
          next,
        )
        parent.children.push(child)
        stack.push(child)
      }
    } else if (part.state === 'header') {
      headerBytes += next - position
      if (headerBytes > MAX_HEADER_BYTES) throw headersTooLarge(`more than ${MAX_HEADER_BYTES} bytes`)
      headerLine(part, bytes, position, next)
    }
    position = next
  }
  for (const part of stack) if (part.state === 'header') endHeader(part, bytes.length)
  close(stack, 0, bytes.length)
  return root
}

/** The leaves in order. A root without children is the leaf `1`. */
export function leaves(tree: MimePart): readonly MimePart[] {
  if (tree.children.length === 0) return [tree.path === '' ? { ...tree, path: '1' } : tree]
  return tree.children.flatMap(leaves)
}

function open(path: string, start: number): OpenEntity {
  return {
    path,
    start,
    bodyStart: start,
    end: start,
    type: 'text/plain',
    parameters: new Map(),
    children: [],
    fields: 0,
    fieldStart: start,
    encoding: 'none',
    values: new Map(),
    unfolding: undefined,
    state: 'header',
    boundary: NONE,
    boundaryText: '',
  }
}

function close(stack: OpenEntity[], depth: number, at: number): void {
  for (const part of stack.splice(depth)) {
    if (part.state === 'header') endHeader(part, at)
    part.end = at
  }
}

/**
 * Finds the multipart to which this delimiter line belongs. A hostile mail may have half a million lines that begin
 * with dashes. To save time, a line is turned into a string only if it is as long as the delimiter of an open
 * multipart.
 */
function delimiter(
  stack: readonly OpenEntity[],
  bytes: Uint8Array,
  from: number,
  to: number,
): { readonly depth: number; readonly last: boolean } | undefined {
  let end = to
  while (end > from && isSpace(bytes[end - 1])) end -= 1
  const closing = end - from >= 4 && bytes[end - 1] === DASH && bytes[end - 2] === DASH
  let text: string | undefined
  for (let depth = stack.length - 1; depth >= 0; depth -= 1) {
    const part = stack[depth]
    if (part === undefined || part.boundary.length === 0 || part.state !== 'body') continue
    const extra = end - from - 2 - part.boundary.length
    if (extra !== 0 && !(closing && extra === 2)) continue
    text ??= latin1(bytes.subarray(from + 2, end))
    if (text === (extra === 0 ? part.boundaryText : `${part.boundaryText}--`)) return { depth, last: extra === 2 }
  }
  return undefined
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a
}

function headerLine(part: OpenEntity, bytes: Uint8Array, from: number, to: number): void {
  const first = bytes[from]
  if (first === 0x0a || (first === 0x0d && bytes[from + 1] === 0x0a)) return endHeader(part, to)
  const folded = first === 0x20 || first === 0x09
  if (!folded) {
    part.fields += 1
    part.fieldStart = from
    if (part.fields > MAX_HEADER_FIELDS) throw headersTooLarge(`more than ${MAX_HEADER_FIELDS} fields in one part`)
    const name = FIELD.exec(latin1(bytes.subarray(from, Math.min(to, from + FIELD_NAME_BYTES))))?.[1]
    const known = name?.toLowerCase()
    part.unfolding = known === undefined || part.values.has(known) ? undefined : known
    if (part.unfolding !== undefined) part.values.set(part.unfolding, '')
  }
  if (to - part.fieldStart > MAX_HEADER_FIELD_BYTES)
    throw headersTooLarge(`a field of more than ${MAX_HEADER_FIELD_BYTES} bytes`)
  if (part.unfolding === undefined) return
  const line = latin1(bytes.subarray(from, to)).replace(/[\r\n]+$/u, '')
  part.values.set(part.unfolding, (part.values.get(part.unfolding) ?? '') + line)
}

/**
 * The fields that determine the structure. Their names, with white space and the colon, fit into `FIELD_NAME_BYTES`.
 */
const FIELD = /^(content-type|content-transfer-encoding)[ \t]*:/iu
const FIELD_NAME_BYTES = 60

/** How many characters of a field are examined. Real fields have fewer than a thousand. */
const MAX_LOOKED_INTO = 4_000

/** A field's value without comments (RFC 5322 section 3.2.2). */
function valueOf(part: OpenEntity, name: string): string {
  const field = part.values.get(name) ?? ''
  return field
    .slice(field.indexOf(':') + 1)
    .slice(0, MAX_LOOKED_INTO)
    .replaceAll(/(?<=^|[ \t])\([^()"]{0,200}\)/gu, '')
}

function endHeader(part: OpenEntity, bodyStart: number): void {
  part.state = 'body'
  part.bodyStart = bodyStart
  part.encoding = encodingOf(valueOf(part, 'content-transfer-encoding'))
  const value = valueOf(part, 'content-type')
  if (value.trim() === '') return
  const [type = '', ...rest] = value.split(';')
  part.type = mediaType(type.trim())
  part.parameters = parameters(rest.join(';'))
  if (!part.type.startsWith('multipart/')) return
  part.boundary = Buffer.from(part.parameters.get('boundary')?.trimEnd() ?? '', 'latin1')
  part.boundaryText = latin1(part.boundary)
}

function encodingOf(value: string): TransferEncoding {
  const word = /[\w-]+/u.exec(value.toLowerCase())?.[0] ?? ''
  if (word.includes('base64')) return 'base64'
  return word.includes('quoted-printable') ? 'quoted-printable' : 'none'
}

const PARAMETER = /([a-z0-9*_-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/giu

function parameters(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', quoted, token] of text.matchAll(PARAMETER)) {
    const key = name.toLowerCase()
    if (!found.has(key)) found.set(key, quoted?.replaceAll(/\\(.)/gu, '$1') ?? token ?? '')
  }
  return found
}

function headersTooLarge(subject: string): MailError {
  return new MailError('headers-too-large', `The mail's header has ${subject}. It is kept as it came.`)
}
