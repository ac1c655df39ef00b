/** Slack's own markup within a text: `<@U…|ana>`, `<#C…|name>`, `<https://…|…>`. */
const REFERENCE = /<([^<>]+)>/g

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' }

/**
 * A text as people wrote it. `named` returns the name of a mentioned account. If it returns undefined, the account's id
 * is shown, not the label in the mention, which could be any display name.
 */
export function plainText(text: string, named: (account: string) => string | undefined): string {
  return text
    .replace(REFERENCE, (_all, inside: string) => reference(inside, named))
    .replace(/&(amp|lt|gt);/g, (_all, name: string) => ENTITIES[name] ?? '')
}

function reference(inside: string, named: (account: string) => string | undefined): string {
  const [target = '', label] = inside.split('|', 2)
  if (target.startsWith('@')) {
    const account = target.slice(1)
    return named(account) ?? `<@${account}>`
  }
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`
  if (target.startsWith('!subteam^')) return label ?? '@group'
  if (target.startsWith('!')) return `@${target.slice(1)}`
  return label ?? target.replace(/^mailto:/, '')
}
