/** HTML entities that can hide characters of an attack or a name. */
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  colon: ':',
  sol: '/',
  lpar: '(',
  rpar: ')',
  period: '.',
  num: '#',
  commat: '@',
  shy: '',
}

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));?/giu
const ESCAPES = /%([0-9a-f]{2})|\\u00([0-9a-f]{2})|\\x([0-9a-f]{2})/giu
/** Only base64 of at least 18 bytes is decoded, because shorter base64 looks like ordinary words. */
const BASE64 = /[A-Za-z0-9+/]{24,}/gu
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * The line in a standard spelling: no invisible characters, one kind of hyphen and of space, and links with `.` and
 * `http` instead of `[.]` and `hxxp`.
 */
export const plainSpelling = (line: string): string =>
  line
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Pd}/gu, '-')
    .replaceAll(/[^\S\n]+/gu, ' ')
    .replaceAll(/\[\.\]|\(\.\)/gu, '.')
    .replaceAll(/\bhxxp(?=s?:)/giu, 'http')

/**
 * Returns the line, then the line with its entities and escapes decoded, if that differs, and then the text of
 * each base64 word in the line. The first two are in their `plainSpelling`.
 */
export function decodedForms(line: string): readonly string[] {
  const spelled = plainSpelling(line)
  const decoded = plainSpelling(withoutEscapes(withoutEntities(line)))
  return [spelled, ...(decoded === spelled ? [] : [decoded]), ...base64In(spelled)]
}

const withoutEntities = (line: string): string =>
  line.replaceAll(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0x10_ff_ff ? whole : String.fromCodePoint(code)
  })

const withoutEscapes = (line: string): string =>
  line.replaceAll(ESCAPES, (_whole, ...hex: readonly (string | undefined)[]) =>
    String.fromCharCode(Number.parseInt(hex.slice(0, 3).find((one) => one !== undefined) ?? '', 16)),
  )

/**
 * The texts that the line contains in base64. A long word that is not base64 decodes to unreadable bytes and is left
 * out.
 */
const base64In = (line: string): readonly string[] =>
  (line.match(BASE64) ?? []).map(bytesOf).filter((text) => /^[\t\n\r\x20-\x7e]+$/u.test(text))

function bytesOf(word: string): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const digit of word) {
    bits = ((bits << 6) | DIGITS.indexOf(digit)) & 0xff_ff
    held += 6
    if (held < 8) continue
    held -= 8
    text += String.fromCharCode((bits >> held) & 0xff)
  }
  return text
}
