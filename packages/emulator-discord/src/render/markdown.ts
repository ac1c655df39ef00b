import { renderTime } from './time.ts'

/** Turns an id into a name. */
export type NameOf = (id: string) => string | undefined

// Read from left to right: an escaped character, code (in which nothing is a mention and a backslash is a backslash), the
// mention of a person, a role, a channel, and a time.
const TOKENS =
  /\\(?<escaped>[\\*_~`|>#[\]()@:.<+-])|```[\s\S]*?```|(?<fence>`+)(?!`)[\s\S]*?(?<!`)\k<fence>(?!`)|<@[!&]?(?<person>\d+)>|<#(?<channel>\d+)>|<t:(?<seconds>-?\d{1,13})(?::(?<style>[tTdDfF]))?>/g

/**
 * Mentions with names for ids, times written out, and escaped characters without their backslash, as the client shows
 * them; the rest of the Markdown stays as it is written.
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
