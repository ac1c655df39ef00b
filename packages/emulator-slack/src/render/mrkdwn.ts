/** Gives a name to an id (`U…`, `C…`, `S…`); undefined if it is unknown. */
export type NameOf = (id: string) => string | undefined

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

const reference = (inside: string, nameOf: NameOf): string => {
  const bar = inside.indexOf('|')
  const target = bar < 0 ? inside : inside.slice(0, bar)
  const label = bar < 0 ? undefined : inside.slice(bar + 1)
  if (target.startsWith('@')) return `@${nameOf(target.slice(1)) ?? label ?? target.slice(1)}`
  if (target.startsWith('#')) return `#${nameOf(target.slice(1)) ?? label ?? target.slice(1)}`
  if (target.startsWith('!date^')) return label ?? target
  if (target.startsWith('!subteam^')) return `@${nameOf(target.slice('!subteam^'.length)) ?? label ?? 'group'}`
  if (target.startsWith('!')) return `@${target.slice(1)}`
  return label === undefined || label === target ? target : `${label} (${target})`
}

/** Shows mrkdwn as a reader sees it: mentions by name, links with their target, entities as characters. */
export const renderMarkdown = (text: string, nameOf: NameOf): string =>
  text
    .replaceAll(/<([^<>]+)>/g, (_whole, inside: string) => reference(inside, nameOf))
    .replaceAll(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
