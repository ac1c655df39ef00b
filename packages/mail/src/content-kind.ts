import { isPatch, PATCH_BYTES_MAX } from '@embargo/core'

type Kind = { readonly words: string; readonly type: string; readonly at?: number; readonly magic: string }

/** The kinds of files that come with reports: the words for each kind, and its first bytes as Latin-1. */
const KINDS: readonly Kind[] = [
  { words: 'program (ELF)', type: 'application/x-elf', magic: '\x7fELF' },
  { words: 'program (Windows)', type: 'application/vnd.microsoft.portable-executable', magic: 'MZ' },
  { words: 'program (macOS)', type: 'application/x-mach-binary', magic: '\xcf\xfa\xed\xfe' },
  { words: 'program (WebAssembly)', type: 'application/wasm', magic: '\0asm' },
  { words: 'ZIP archive', type: 'application/zip', magic: 'PK\x03\x04' },
  { words: 'gzip archive', type: 'application/gzip', magic: '\x1f\x8b' },
  { words: 'bzip2 archive', type: 'application/x-bzip2', magic: 'BZh' },
  { words: 'xz archive', type: 'application/x-xz', magic: '\xfd7zXZ\0' },
  { words: 'Zstandard archive', type: 'application/zstd', magic: '\x28\xb5\x2f\xfd' },
  { words: '7-Zip archive', type: 'application/x-7z-compressed', magic: '7z\xbc\xaf\x27\x1c' },
  { words: 'RAR archive', type: 'application/vnd.rar', magic: 'Rar!\x1a\x07' },
  { words: 'tar archive', type: 'application/x-tar', at: 257, magic: 'ustar' },
  { words: 'PDF document', type: 'application/pdf', magic: '%PDF-' },
  { words: 'old Office document', type: 'application/msword', magic: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
  { words: 'PNG image', type: 'image/png', magic: '\x89PNG\r\n\x1a\n' },
  { words: 'JPEG image', type: 'image/jpeg', magic: '\xff\xd8\xff' },
  { words: 'GIF image', type: 'image/gif', magic: 'GIF8' },
  { words: 'network capture', type: 'application/vnd.tcpdump.pcap', magic: '\xd4\xc3\xb2\xa1' },
  { words: 'network capture', type: 'application/x-pcapng', magic: '\x0a\x0d\x0d\x0a' },
  { words: 'video', type: 'video/mp4', at: 4, magic: 'ftyp' },
  { words: 'video', type: 'video/webm', magic: '\x1a\x45\xdf\xa3' },
]

/** Media types that a file cannot have if its content is text. */
const NO_TEXT = /^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|gzip|x-tar|x-7z-compressed|vnd\.)/u

/** How many bytes are looked at: enough to tell text from data, and to recognise a script, HTML or XML. */
const LOOKED_AT = 4096

/**
 * Says in words what an attachment is, judged by its content. If it was sent as another type, the words name that type
 * too. Only the first bytes of the attachment are looked at, except that a small text is searched for the lines of a
 * patch.
 */
export function contentKind(bytes: Uint8Array, sentAs: string): string {
  const head = Buffer.from(bytes.subarray(0, LOOKED_AT)).toString('latin1')
  const known = KINDS.find(({ magic, at = 0 }) => head.startsWith(magic, at))
  if (known !== undefined)
    return sentAs === known.type || sentAs === 'application/octet-stream' ? known.words : claimed(known.words, sentAs)
  if (bytes.length === 0) return 'empty'
  if (!isText(bytes)) return claimed('data', sentAs)
  const words = textKind(bytes, head)
  return NO_TEXT.test(sentAs) ? claimed(words, sentAs) : words
}

const claimed = (words: string, sentAs: string): string => `${words}, sent as ${sentAs}`

function textKind(bytes: Uint8Array, head: string): string {
  if (head.startsWith('#!')) return 'script'
  if (/^\s*(?:<!doctype html|<html|<svg|<\?xml)/iu.test(head)) return 'HTML or XML'
  return bytes.length <= PATCH_BYTES_MAX && isPatch(new TextDecoder().decode(bytes)) ? 'patch' : 'text'
}

/**
 * Whether the bytes are UTF-8 without control characters. The last character may be incomplete, because only the first
 * bytes are looked at.
 */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, LOOKED_AT), { stream: true })
    return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/u.test(text)
  } catch {
    return false
  }
}
