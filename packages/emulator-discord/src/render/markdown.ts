import { renderTime } from './time.ts'

/** Turns an id into a name. */
export type NameOf = (id: string) => string | undefined

// Tokens, read from left to right: an escaped character; code, in which there are no mentions and no escapes; the
// mention of a person, a role or a channel; and a time.
const TOKENS =
  /\\(?<escaped>[\\*_~`|>#[\]()@:.<+-])|```[\s\S]*?```|(?<fence>`+)(?!`)[\s\S]*?(?<!`)\k<fence>(?!`)|<@[!&]?(?<person>\d+)>|<#(?<channel>\d+)>|<t:(?<seconds>-?\d{1,13})(?::(?<style>[tTdDfF]))?>/g

/**
 * Renders parts of a text as the client does: mentions show names instead of ids, times are written out, and escaped
 * characters lose their backslash. Other Markdown remains as written.
 */
export const renderMarkdown = (text: string, nameOf: NameOf): string => {
  let rendered = ''
  let at = 0
  for (const match of text.matchAll(TOKENS)) {
    rendered += text.slice(at, match.index) + renderMatch(match, nameOf)
    at = match.index + match[0].length
  }
  return rendered + text.slice(at)
}

const renderMatch = (match: RegExpExecArray, nameOf: NameOf): string => {
  const { escaped, person, channel, seconds, style } = match.groups ?? {}
  if (escaped !== undefined) return escaped
  if (seconds !== undefined) return renderTime(Number(seconds), style)
  const name = nameOf(person ?? channel ?? '')
  if (name === undefined) return match[0]
  return `${person === undefined ? '#' : '@'}${name}`
}
