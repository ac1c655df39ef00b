import { parseSync } from '@swc/core'

/** A place of a tree of syntax, with the part of the source that it spans. */
export type Node = { readonly type: string; readonly span?: Span }
/** In bytes of the file. */
export type Span = { readonly start: number; readonly end: number }

export type Tree = {
  readonly root: Node
  readonly bytes: Buffer
  /** Where it stands in the file; undefined for what stands nowhere. */
  at(one: unknown): Span | undefined
  text(span: Span): string
}

/** @throws when swc cannot read the source */
export function treeOf(path: string, source: string): Tree {
  // An empty statement first: swc counts bytes on from file to file, and begins a module at its first token.
  const root: unknown = parseSync(`;${source}`, { syntax: 'typescript', target: 'es2022' })
  if (!isNode(root) || root.span === undefined) throw new Error(`swc gave no tree for ${path}`)
  const base = root.span.start + 1
  const bytes = Buffer.from(source)
  return {
    root,
    bytes,
    at: (one) =>
      isNode(one) && one.span !== undefined ? { start: one.span.start - base, end: one.span.end - base } : undefined,
    text: ({ start, end }) => bytes.subarray(start, end).toString(),
  }
}

export const field = (node: Node, name: string): unknown => Object(node)[name]

const FUNCTIONS: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'FunctionDeclaration',
  'FunctionExpression',
  'ClassMethod',
  'MethodProperty',
])

/** The body of a function; undefined for what is none. */
export function bodyOf(node: Node): Node | undefined {
  if (!FUNCTIONS.has(node.type)) return undefined
  const body: unknown = Object(node.type === 'ClassMethod' ? field(node, 'function') : node)['body']
  return isNode(body) ? body : undefined
}

export function childrenOf(node: Node): readonly Node[] {
  return Object.values(node).flatMap((value: unknown): readonly Node[] => {
    if (Array.isArray(value)) return value.flatMap((one: unknown) => inside(one))
    return inside(value)
  })
}

/** Elements and arguments come wrapped in an object without a type. */
function inside(value: unknown): readonly Node[] {
  if (isNode(value)) return [value]
  if (typeof value !== 'object' || value === null) return []
  const expression: unknown = Object(value)['expression']
  return isNode(expression) ? [expression] : []
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
