export type MailFile = { readonly name: string; readonly type: string; readonly content: Buffer }

type Part = {
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly text: string
  readonly attachments: readonly MailFile[]
}

const HEADER_END = '\r\n\r\n'

/**
 * Reads one MIME entity (RFC 2045 to 2047). It reads only what mail programs usually write, and requires CRLF at the
 * end of lines.
 */
export function readPart(raw: Buffer): Part {
  const end = raw.indexOf(HEADER_END)
  const head = (end < 0 ? raw : raw.subarray(0, end)).toString('utf8')
  const body = end < 0 ? Buffer.alloc(0) : raw.subarray(end + HEADER_END.length)
  const headers = readHeaders(head)
  const type = headers.get('content-type')?.[0] ?? 'text/plain'
  const boundary = parameter(type, 'boundary')
  if (boundary !== undefined) {
    const parts = split(body, boundary).map(readPart)
    return {
      headers,
      text: parts.map((part) => part.text).join(''),
      attachments: parts.flatMap((part) => part.attachments),
    }
  }
  const content = decode(body, headers.get('content-transfer-encoding')?.[0])
  const disposition = headers.get('content-disposition')?.[0] ?? 'inline'
  if (!disposition.startsWith('attachment')) return { headers, text: content.toString('utf8'), attachments: [] }
  const name = parameter(disposition, 'filename') ?? parameter(type, 'name') ?? 'unnamed'
  return { headers, text: '', attachments: [{ name, type: type.split(';')[0] ?? type, content }] }
}

function readHeaders(head: string): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>()
  for (const line of head.replaceAll(/\r\n[ \t]+/gu, ' ').split('\r\n')) {
    const at = line.indexOf(':')
    if (at < 1) continue
    const name = line.slice(0, at).toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), decodeWords(line.slice(at + 1).trim())])
  }
  return headers
}

/** Decodes RFC 2047 encoded words. White space between two of them is not part of the text. */
function decodeWords(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/gu, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/giu, (_all, encoding: string, text: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quotedPrintable(text.replaceAll('_', ' ')).toString('utf8'),
    )
}

function parameter(value: string, name: string): string | undefined {
  return new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, 'iu')
    .exec(value)
    ?.slice(1)
    .find((found) => found !== undefined)
}

function split(body: Buffer, boundary: string): readonly Buffer[] {
  const sections = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`)
  return sections
    .slice(1)
    .filter((section) => !section.startsWith('--'))
    .map((section) => Buffer.from(section.replace(/^[ \t]*\r\n/u, ''), 'latin1'))
}

function decode(body: Buffer, encoding = '7bit'): Buffer {
  if (encoding.toLowerCase() === 'base64') return Buffer.from(body.toString('latin1'), 'base64')
  return encoding.toLowerCase() === 'quoted-printable' ? quotedPrintable(body.toString('latin1')) : body
}

function quotedPrintable(text: string): Buffer {
  const joined = text.replaceAll(/=\r\n/gu, '')
  return Buffer.from(
    joined.replaceAll(/=([0-9A-F]{2})/giu, (_all, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
    'latin1',
  )
}
