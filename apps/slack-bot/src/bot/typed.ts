import { personOfAccount } from '@embargo/core'
import type { Policy } from '@embargo/core'

/** What Slack puts into the text of a command with `should_escape`: `<@U…|ana>`, `<#C…|name>`, `<https://…|…>`. */
const REFERENCE = /<([^<>]+)>/g

/**
 * What a person typed, as they typed it. A mention of a listed person becomes `@` and the person's id; one of anybody
 * else stays a mention, so that a display name is never taken for a person.
 */
export function typedText(policy: Policy, text: string): string {
  return text
    .replace(REFERENCE, (_all, inside: string) => reference(policy, inside))
    .replace(/&(amp|lt|gt);/g, (_all, name: string) => ENTITIES[name] ?? '')
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' }

function reference(policy: Policy, inside: string): string {
  const [target = '', label] = inside.split('|', 2)
  if (target.startsWith('@')) {
    const account = target.slice(1)
    const person = personOfAccount(policy, 'slack', account)
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
