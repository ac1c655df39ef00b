/** Turns an id into a name. */
export type NameOf = (id: string) => string | undefined

// Read from left to right: an escaped character, code (in which nothing is a mention and a backslash is a backslash), the
// mention of a person, a role, a channel.
const TOKENS =
  /\\([\\*_~`|>#[\]()@:.<+-])|(```[\s\S]*?```|(`+)(?!`)[\s\S]*?(?<!`)\3(?!`))|<@!?(\d+)>|<@&(\d+)>|<#(\d+)>/g

/**
 * Mentions with names for ids, and escaped characters without their backslash, as the client shows them; the rest of the
 * Markdown stays as it is written.
 */
export const renderMarkdown = (text: string, nameOf: NameOf): string => {
  let rendered = ''
  let at = 0
  for (const match of text.matchAll(TOKENS)) {
    const [whole, escaped, , , user, role, channel] = match
    const person = user ?? role
    const name = nameOf(person ?? channel ?? '')
    const mention = name === undefined ? whole : `${person === undefined ? '#' : '@'}${name}`
    rendered += `${text.slice(at, match.index)}${escaped ?? mention}`
    at = match.index + whole.length
  }
  return rendered + text.slice(at)
}
