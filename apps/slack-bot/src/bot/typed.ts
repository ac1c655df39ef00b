import type { Person } from '@embargo/core'

/** What Slack puts into the text of a command with `should_escape`: `<@U…|ana>`, `<#C…|name>`, `<https://…|…>`. */
const REFERENCE = /<([^<>]+)>/g

/** Whose an account of Slack is. */
type People = (account: string) => Pick<Person, 'id'> | undefined

/**
 * What a person typed, as they typed it. A mention of a listed person becomes `@` and the person's id; one of anybody
 * else stays a mention, so that a display name is never taken for a person.
 */
export function typedText(people: People, text: string): string {
  return text
    .replace(REFERENCE, (_all, inside: string) => reference(people, inside))
    .replace(/&(amp|lt|gt);/g, (_all, name: string) => ENTITIES[name] ?? '')
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' }

function reference(people: People, inside: string): string {
  const [target = '', label] = inside.split('|', 2)
  if (target.startsWith('@')) {
    const account = target.slice(1)
    const person = people(account)
    return person === undefined ? `<@${account}>` : `@${person.id}`
  }
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`
  if (target.startsWith('!subteam^')) return label ?? '@group'
  if (target.startsWith('!')) return `@${target.slice(1)}`
  return label ?? target.replace(/^mailto:/, '')
}

/** The verb and the rest of what was typed after the root command; `help` when nothing was. */
export function verbAndRest(text: string): { readonly verb: string; readonly rest: string } {
  const trimmed = text.trim()
  const space = trimmed.search(/\s/)
  if (space === -1) return { verb: trimmed === '' ? 'help' : trimmed.toLowerCase(), rest: '' }
  return { verb: trimmed.slice(0, space).toLowerCase(), rest: trimmed.slice(space).trim() }
}
