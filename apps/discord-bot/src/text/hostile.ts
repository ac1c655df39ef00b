import { defangHosts, safeLine, safeText } from '@embargo/chat'

/** An invisible character that stops a client from recognising a link or mention. */
const BREAK = '\u200B'

/**
 * Links that no client makes clickable, and mentions that mention nobody. For reading only: the stored mail has the
 * original bytes.
 */
const defanged = (text: string): string => defangHosts(text).replace(/@(?!\u200B)/g, `@${BREAK}`)

/** One line from outside, made harmless to read; it still has to be escaped. */
export const harmlessLine = (text: string): string => defanged(safeLine(text))

/**
 * Many lines from outside, for use between fences. Nothing between fences is read as Markdown, a mention or a time; a
 * fence within the text is broken, so that the text cannot close it.
 */
export const fenced = (text: string): string =>
  `\`\`\`\n${defanged(safeText(text)).replace(/`(?=`)/g, `\`${BREAK}`)}\n\`\`\``

/** Our own links, which people may press. Escapes within one would become part of it. */
const LINK = /https?:\/\/[^\s<>]+/g
/** Characters that begin emphasis, code, a spoiler, a masked link, a mention, a time, a command or an emoji. */
const MARKS = /[\\*_~`|<>[\]]/g
const SHORTCODE = /:(?=[\w+-]+:)/g
/** Characters that begin a heading, a quote, a list or small print, at the beginning of a line. */
const LEADING = /^(\s*)([#>+-]|\d+(?=[.)]\s))/
const NUMBERED = /^(\s*\d+)([.)])(?=\s|$)/

/**
 * Keeps text from having a meaning in Discord's Markdown: each of its special characters gets a backslash, which is not
 * shown. https://docs.discord.com/developers/reference#message-formatting
 */
export function escapeMarkdown(text: string): string {
  let escaped = ''
  let from = 0
  for (const link of text.matchAll(LINK)) {
    escaped += escapePlain(text.slice(from, link.index)) + link[0]
    from = link.index + link[0].length
  }
  return escaped + escapePlain(text.slice(from))
}

const escapePlain = (text: string): string => text.replace(MARKS, '\\$&').replace(SHORTCODE, '\\:')

/** The beginning of a line, where `#`, `-`, `>` and `1.` would begin a block. For a line that is escaped already. */
export const escapeLeading = (line: string): string =>
  NUMBERED.test(line) ? line.replace(NUMBERED, '$1\\$2') : line.replace(LEADING, '$1\\$2')

/** Text in a code span, which knows no escapes: a backtick would end it. */
export const codeSpan = (text: string): string => `\`${text.replaceAll('`', 'ˋ')}\``
