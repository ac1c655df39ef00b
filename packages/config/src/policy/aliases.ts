import type { Alias, Document, Node } from 'yaml'
import { isAlias, isCollection, isScalar, Scalar, visit } from 'yaml'
import { listed, nearest } from '../problems/nearest.ts'
import type { Mistake } from './mistake.ts'

/**
 * The most aliases that a policy may expand. The limit stops nested aliases that expand without end ("billion laughs").
 */
export const MAX_ALIASES = 100

/**
 * Finds aliases (`*name`) without an anchor (`&name`) above them. Replaces each of these aliases by an empty value, so
 * the rest of the policy can be checked.
 */
export function looseAliases(document: Document): readonly Mistake[] {
  const all = new Set(nodesOf(document).map(anchorOf))
  const above = new Set<string>()
  const mistakes: Mistake[] = []
  visit(document, {
    Node: (_key, node) => {
      const anchor = anchorOf(node)
      if (anchor !== undefined) above.add(anchor)
      if (!isAlias(node) || above.has(node.source)) return undefined
      mistakes.push(loose(node, above, all.has(node.source)))
      const nothing = new Scalar(null)
      nothing.range = node.range ?? null
      return nothing
    },
  })
  return mistakes
}

function loose(alias: Alias, above: ReadonlySet<string>, isBelow: boolean): Mistake {
  const { source } = alias
  const suggestion = nearest(source, above)
  const known = above.size === 0 ? '' : ` The anchors before it are: ${listed([...above])}.`
  const otherwise = suggestion === undefined ? 'Write the values out here.' : `Did you mean *${suggestion}?`
  return {
    ...placed(alias),
    because: `The anchor &${source} is not defined before this alias.`,
    instead: isBelow ? `Move the definition of &${source} up, above this alias.` : `${otherwise}${known}`,
  }
}

/** The mistake at the first alias that breaks a limit: its value is too large, or too many aliases come before it. */
export function unfoldsWithoutEnd(document: Document): Mistake {
  const aliases = nodesOf(document).filter((node) => isAlias(node))
  const first = aliases.find((alias, index) => index >= MAX_ALIASES || isTooMuch(alias, document)) ?? aliases.at(-1)
  return {
    ...placed(first),
    because: 'Its aliases (*name) expand without end.',
    instead: 'Write the values out.',
  }
}

function isTooMuch(alias: Alias, document: Document): boolean {
  try {
    alias.toJS(document, { maxAliasCount: MAX_ALIASES })
    return false
  } catch {
    return true
  }
}

function nodesOf(document: Document): readonly Node[] {
  const nodes: Node[] = []
  visit(document, { Node: (_key, node) => void nodes.push(node) })
  return nodes
}

const anchorOf = (node: Node): string | undefined => (isScalar(node) || isCollection(node) ? node.anchor : undefined)

const placed = (alias: Alias | undefined): Pick<Mistake, 'offset' | 'found'> => ({
  offset: alias?.range?.[0] ?? 0,
  found: `*${alias?.source ?? ''}`,
})
