import type { Person } from '@embargo/core'
import { plainText } from '../platform/plain-text.ts'

/** The person to whom a Slack account belongs. */
type People = (account: string) => Pick<Person, 'id'> | undefined

/**
 * Returns the typed text, except that a mention of a listed person becomes `@` and the person's id. A mention of
 * anybody else remains, so a display name is never taken for a person.
 */
export function commandText(people: People, text: string): string {
  return plainText(text, (account) => {
    const person = people(account)
    return person === undefined ? undefined : `@${person.id}`
  })
}
