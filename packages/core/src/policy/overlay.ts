export type Tree = { readonly [key: string]: unknown }

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Returns `below` overridden by `above`. Objects are merged key by key; any other value, including a list, is replaced
 * as a whole. The arguments are not changed.
 */
export function overlay(below: unknown, above: unknown): unknown {
  if (above === undefined) return below
  if (!isTree(below) || !isTree(above)) return above
  const keys = new Set([...Object.keys(below), ...Object.keys(above)])
  return Object.fromEntries([...keys].map((key) => [key, overlay(own(below, key), own(above, key))]))
}

/** A key such as `constructor` in the file must not find the property that every object inherits. */
const own = (tree: Tree, key: string): unknown => (Object.hasOwn(tree, key) ? tree[key] : undefined)
