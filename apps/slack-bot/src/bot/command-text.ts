import type { Person } from '@embargo/core'
import { plainText } from '../platform/plain-text.ts'

/** The person to whom a Slack account belongs. */
type People = (account: string) => Pick<Person, 'id'> | undefined

/**
 * The typed text, unchanged, except that a mention of a listed person becomes `@` and the person's id. A mention of
 * anybody else stays, so that a display name is never taken for a person.
 */
export function commandText(people: People, text: string): string {
  return plainText(text, (account) => {
    const person = people(account)
    return person === undefined ? undefined : `@${person.id}`
  })
}

/** The verb and the rest of the text after the root command; `help` if there was none. */
export function verbAndRest(text: string): { readonly verb: string; readonly rest: string } {
  const trimmed = text.trim()
  const space = trimmed.search(/\s/)
  if (space === -1) return { verb: trimmed === '' ? 'help' : trimmed.toLowerCase(), rest: '' }
  return { verb: trimmed.slice(0, space).toLowerCase(), rest: trimmed.slice(space).trim() }
}
