import type { Person } from '@embargo/core'
import { plainText } from '../platform/plain-text.ts'

/** Whose an account of Slack is. */
type People = (account: string) => Pick<Person, 'id'> | undefined

/**
 * What a person typed, as they typed it. A mention of a listed person becomes `@` and the person's id; one of anybody
 * else stays a mention, so that a display name is never taken for a person.
 */
export function commandText(people: People, text: string): string {
  return plainText(text, (account) => {
    const person = people(account)
    return person === undefined ? undefined : `@${person.id}`
  })
}

/** The verb and the rest of what was typed after the root command; `help` when nothing was. */
export function verbAndRest(text: string): { readonly verb: string; readonly rest: string } {
  const trimmed = text.trim()
  const space = trimmed.search(/\s/)
  if (space === -1) return { verb: trimmed === '' ? 'help' : trimmed.toLowerCase(), rest: '' }
  return { verb: trimmed.slice(0, space).toLowerCase(), rest: trimmed.slice(space).trim() }
}
