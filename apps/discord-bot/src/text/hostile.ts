import { defangHosts, safeLine, safeText } from '@embargo/chat'

/** A character that nobody sees and that ends whatever a client was about to read. */
const BREAK = '\u200B'

/** Links that no client turns into one, and mentions that mention nobody. For reading only: the stored mail has the bytes. */
const defanged = (text: string): string => defangHosts(text).replace(/@(?!\u200B)/g, `@${BREAK}`)

/** One line from outside, made harmless to read; it still has to be escaped. */
export const harmlessLine = (text: string): string => defanged(safeLine(text))

/**
 * Many lines from outside, to stand between fences. Nothing between fences is read as Markdown, as a mention or as a
 * time; a fence within is broken, so that the text cannot end its own.
 */
export const fenced = (text: string): string =>
  `\`\`\`\n${defanged(safeText(text)).replace(/`(?=`)/g, `\`${BREAK}`)}\n\`\`\``

/** Ours: a link that people may press. Escapes within would become a part of it. */
const LINK = /https?:\/\/[^\s<>]+/g
/** What begins emphasis, code, a spoiler, a masked link, a mention, a time, a command or an emoji. */
const MARKS = /[\\*_~`|<>[\]]/g
const SHORTCODE = /:(?=[\w+-]+:)/g
/** What begins a heading, a quote, a list or small print, where it stands first. */
const LEADING = /^(\s*)([#>+-]|\d+(?=[.)]\s))/
const NUMBERED = /^(\s*\d+)([.)])(?=\s|$)/

/**
 * Keeps text from meaning anything in Discord's Markdown: every mark of it gets a backslash, which is not shown.
 * https://docs.discord.com/developers/reference#message-formatting
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
