import { MAX_ARC_SETS, MAX_SIGNATURES, MAX_SIGNED_HEADER, MAX_SIGNED_LINES } from './limits.ts'

/** A header field with its byte offsets. The name is in lower case, the value unfolded. */
export type HeadField = {
  readonly name: string
  readonly value: string
  readonly start: number
  readonly end: number
}

const LF = 0x0a

/**
 * The header fields of a mail in their order. The order matters because each server writes its fields above the earlier
 * ones.
 */
export function headFields(raw: Uint8Array): readonly HeadField[] {
  const bytes = view(raw)
  const fields: { start: number; end: number }[] = []
  for (let at = 0; at < bytes.length;) {
    const feed = bytes.indexOf(LF, at)
    const next = feed === -1 ? bytes.length : feed + 1
    const first = bytes[at]
    if (first === LF || (first === 0x0d && bytes[at + 1] === LF)) break
    const last = fields.at(-1)
    if ((first === 0x20 || first === 0x09) && last !== undefined) last.end = next
    else fields.push({ start: at, end: next })
    at = next
  }
  return fields.map(({ start, end }) => {
    const text = bytes.toString('latin1', start, end)
    const colon = text.indexOf(':')
    return {
      name: text.slice(0, Math.max(colon, 0)).trim().toLowerCase(),
      value: text
        .slice(colon + 1)
        .replaceAll(/\r?\n/gu, '')
        .trim(),
      start,
      end,
    }
  })
}

/**
 * The mail as the verifier gets it: without the signatures that exceed the limits. Undefined if the header is too large
 * to verify any signature.
 */
export function verifiable(raw: Uint8Array, fields: readonly HeadField[]): Buffer | undefined {
  const bytes = view(raw)
  const end = fields.at(-1)?.end ?? 0
  if (end > MAX_SIGNED_HEADER || linesIn(bytes.subarray(0, end)) > MAX_SIGNED_LINES) return undefined
  const signatures = fields.filter(({ name }) => name === 'dkim-signature').slice(MAX_SIGNATURES)
  const seals = fields.filter(({ name }) => name.startsWith('arc-'))
  // A shortened chain proves nothing, so a chain that is too long is left out as a whole.
  const dropped = [...signatures, ...(seals.length > MAX_ARC_SETS * FIELDS_OF_A_SET ? seals : [])]
  if (dropped.length === 0) return bytes
  const kept = fields.filter((field) => !dropped.includes(field))
  return Buffer.concat([...kept.map(({ start, end: to }) => bytes.subarray(start, to)), bytes.subarray(end)])
}

/** Each ARC set has three fields: the results, the signature and the seal (RFC 8617 section 4.1). */
const FIELDS_OF_A_SET = 3

function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines += 1
  return lines
}

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
