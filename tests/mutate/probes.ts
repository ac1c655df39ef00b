import { bodyOf, childrenOf, treeOf } from './tree.ts'
import type { Node, Tree } from './tree.ts'

/** Where the names of the functions that a test file entered are collected, in the process that runs it. */
export const REACHED = 'embargoReached'

/** The name of a function: its file, and where its body begins. */
export const probeOf = (path: string, within: number): string => `${path}:${within}`

/** A source in which every function says that it was entered. It does what it did before. */
export function probed(path: string, source: string): string {
  const tree = treeOf(path, source)
  const marks = probesOf(tree.root, tree, path).toSorted((a, b) => b.at - a.at)
  let text = tree.bytes
  for (const { at, mark } of marks) text = Buffer.concat([text.subarray(0, at), Buffer.from(mark), text.subarray(at)])
  return text.toString()
}

type Mark = { readonly at: number; readonly mark: string }

function probesOf(node: Node, tree: Tree, path: string): readonly Mark[] {
  const own = bodyOf(node)
  const body = tree.at(own)
  const below = childrenOf(node).flatMap((child) => probesOf(child, tree, path))
  if (own === undefined || body === undefined) return below
  const says = `(globalThis.${REACHED} ??= new Set()).add(${JSON.stringify(probeOf(path, body.start))})`
  if (tree.text(body).startsWith('{')) return [...below, { at: body.start + 1, mark: ` ${says}; ` }]
  return [{ at: body.start, mark: `(${says}, ` }, ...below, { at: body.end, mark: ')' }]
}
