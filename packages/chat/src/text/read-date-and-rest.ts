import type { Instant } from '@embargo/core'
import { readInstant } from './read-instant.ts'
import type { Zones } from './read-instant.ts'
import { unquoted } from './words.ts'

const DATE_FIRST = /^(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?(?: ?(?:Z|UTC)\b)?)(?:\s+(.*))?$/isu

/** A date and the text after it. Undefined if the text does not begin with a date. */
export function readDateAndRest(
  text: string,
  timeOfDay: string,
  planned: readonly (Instant | undefined)[] = [],
  zones: Zones = {},
): { readonly at: Instant; readonly rest?: string } | undefined {
  const match = DATE_FIRST.exec(text.trim())
  const at = match?.[1] === undefined ? undefined : readInstant(match[1], timeOfDay, planned, zones)
  const rest = match?.[2] === undefined ? undefined : unquoted(match[2])
  if (at === undefined) return undefined
  return rest === undefined || rest === '' ? { at } : { at, rest }
}
