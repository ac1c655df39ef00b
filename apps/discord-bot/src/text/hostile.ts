import { defangHosts, safeLine, safeText } from '@embargo/chat'

/** An invisible character that stops a client from recognising a link or mention. */
const BREAK = '\u200B'

/** Makes links unclickable and mentions ineffective. For display only: the stored mail has the original bytes. */
const defanged = (text: string): string => defangHosts(text).replace(/@(?!\u200B)/g, `@${BREAK}`)

/** One line from outside, made harmless for display. The caller must still escape it for Markdown. */
export const harmlessLine = (text: string): string => defanged(safeLine(text))

/**
 * Several lines from outside, between fences, where Discord interprets no Markdown, mention or time. A fence within the
 * text is broken, so it cannot close ours.
 */
export const fenced = (text: string): string =>
  `\`\`\`\n${defanged(safeText(text)).replace(/`(?=`)/g, `\`${BREAK}`)}\n\`\`\``

/** Our own links, which people may click. They are not escaped, because an escape would become part of the link. */
const LINK = /https?:\/\/[^\s<>]+/g
/** Characters that begin emphasis, code, a spoiler, a masked link, a mention, a time, a command or an emoji. */
const MARKS = /[\\*_~`|<>[\]]/g
const SHORTCODE = /:(?=[\w+-]+:)/g
/** Characters that begin a heading, a quote, a list or small print at the start of a line. */
const LEADING = /^(\s*)([#>+-]|\d+(?=[.)]\s))/
const NUMBERED = /^(\s*\d+)([.)])(?=\s|$)/

/**
 * Escapes text for Discord's Markdown: each special character gets a backslash, which is not shown.
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

/**
 * Escapes the start of a line, where `#`, `-`, `>` and `1.` would begin a block. Everything else in the line must have
 * been escaped before.
 */
export const escapeLeading = (line: string): string =>
  NUMBERED.test(line) ? line.replace(NUMBERED, '$1\\$2') : line.replace(LEADING, '$1\\$2')

/** Text in a code span. There are no escapes within a code span, so a backtick, which would end it, is replaced. */
export const codeSpan = (text: string): string => `\`${text.replaceAll('`', 'ˋ')}\``
