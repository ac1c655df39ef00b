import { MAX_FILE_NAME } from './limits.ts'

// Control characters can control terminals and forge lines. Direction overrides make the displayed text differ from the
// stored text ("Trojan Source", CVE-2021-42574).
const UNSEEN = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/**
 * Makes a text safe to show. All line ends become line feeds. Invisible characters are not dropped but spelled out
 * (`<U+202E>`).
 */
export function visibleText(text: string): string {
  return text
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(
      UNSEEN,
      (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
    )
}

/** One line of at most `limit` visible characters, for subjects and names. */
export function visibleLine(text: string, limit: number): string {
  return cut(text.replaceAll(/\s+/gu, ' ').replaceAll(UNSEEN, '').trim(), limit)
}

/** The first `limit` UTF-16 units of the text at most, without cutting a character in half. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  const last = text.charCodeAt(limit - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? limit - 1 : limit)
}

/**
 * A file name that is safe to show and to store under: no path, no leading dot, no character that a shell or Windows
 * interprets. A long name is cut but keeps its extension. Two files can get the same name.
 */
export function fileName(name: string, fallback: string): string {
  const base = visibleLine(name, 2_000).split(/[/\\]/u).at(-1) ?? ''
  const safe = base
    .replaceAll(/[<>:"|?*\u0000]/gu, '_')
    .replace(/^[.\s]+/u, '')
    .replace(/[.\s]{1,200}$/u, '')
  if (safe === '') return fallback
  if (safe.length <= MAX_FILE_NAME) return safe
  const dot = safe.lastIndexOf('.')
  const ending = dot > 0 && safe.length - dot <= 12 ? safe.slice(dot) : ''
  return `${cut(safe, MAX_FILE_NAME - ending.length)}${ending}`
}

/** `type/subtype` in lower case; anything else is `application/octet-stream`. */
export function mediaType(type: string): string {
  const lower = type.toLowerCase()
  return /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/u.test(lower)
    ? lower
    : 'application/octet-stream'
}
