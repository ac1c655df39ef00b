import { parseSync } from '@swc/core'

/** One change of one place in a source: small enough that a test either sees it or does not. */
export type Mutant = {
  readonly path: string
  readonly line: number
  readonly from: string
  readonly to: string
  readonly text: string
}

type Change = { readonly start: number; readonly end: number; readonly to: string }
type Node = { readonly type: string; readonly span?: { readonly start: number; readonly end: number } }

const OPERATORS: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
}
const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some' }

/** What is said to people: tables of sentences test it, and a rule does not depend on it. */
const SAYS: ReadonlySet<string> = new Set(['refuse', 'anyTeamMember', 'nobody', 'senseless', 'you', 'isoInstant'])

/** Every mutant of a source file. */
export function mutantsOf(path: string, source: string): readonly Mutant[] {
  // An empty statement first: swc counts bytes on from file to file, and begins a module at its first token.
  const tree: unknown = parseSync(`;${source}`, { syntax: 'typescript', target: 'es2022' })
  if (!isNode(tree) || tree.span === undefined) throw new Error(`swc gave no tree for ${path}`)
  const base = tree.span.start + 1
  const bytes = Buffer.from(source)
  const seen = new Set<string>()
  const table = path.endsWith('transitions.ts')
  return changesOf(tree, base, bytes, table).flatMap(({ start, end, to }): readonly Mutant[] => {
    const from = bytes.subarray(start, end).toString()
    const text = `${bytes.subarray(0, start).toString()}${to}${bytes.subarray(end).toString()}`
    if (from === to || seen.has(text)) return []
    seen.add(text)
    return [
      { path, line: bytes.subarray(0, start).toString().split('\n').length, from: short(from), to: short(to), text },
    ]
  })
}

const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 70)

function changesOf(node: Node, base: number, bytes: Buffer, table: boolean): readonly Change[] {
  if (node.type.startsWith('Ts') || node.type === 'ImportDeclaration' || node.type === 'TemplateLiteral') return []
  if (node.type === 'CallExpression' && saysOnly(node)) return []
  const own = table && node.type === 'KeyValueProperty' ? lostMove(node, base) : changesHere(node, base, bytes)
  return [...own, ...childrenOf(node).flatMap((child) => changesOf(child, base, bytes, table))]
}

/** A move that a transition table no longer has. */
function lostMove(node: Node, base: number): readonly Change[] {
  const key: unknown = Object(node)['key']
  if (!isNode(key) || key.span === undefined) return []
  return [{ start: key.span.start - base, end: key.span.end - base, to: 'lost' }]
}

function changesHere(node: Node, base: number, bytes: Buffer): readonly Change[] {
  const at = (one: unknown): { readonly start: number; readonly end: number } | undefined =>
    isNode(one) && one.span !== undefined ? { start: one.span.start - base, end: one.span.end - base } : undefined
  const here = at(node)
  if (here === undefined) return []
  const text = (span: { readonly start: number; readonly end: number }) =>
    bytes.subarray(span.start, span.end).toString()
  const field = (name: string): unknown => Object(node)[name]
  switch (node.type) {
    case 'BinaryExpression': {
      const operator = String(field('operator'))
      const to = OPERATORS[operator]
      const left = at(field('left'))
      const right = at(field('right'))
      if (to === undefined || left === undefined || right === undefined) return []
      const between = text({ start: left.end, end: right.start })
      const start = left.end + Buffer.byteLength(between.slice(0, between.indexOf(operator)))
      return [{ start, end: start + operator.length, to }]
    }
    case 'UnaryExpression': {
      const argument = at(field('argument'))
      return field('operator') === '!' && argument !== undefined ? [{ ...here, to: text(argument) }] : []
    }
    case 'BooleanLiteral':
      return [{ ...here, to: text(here) === 'true' ? 'false' : 'true' }]
    case 'NumericLiteral':
      return [{ ...here, to: `(${text(here)} + 1)` }]
    case 'ConditionalExpression':
    case 'IfStatement': {
      const test = at(field('test'))
      return test === undefined ? [] : [{ ...test, to: `!(${text(test)})` }]
    }
    case 'ArrayExpression':
      return elements(field('elements')).length > 0 ? [{ ...here, to: '[]' }] : []
    case 'MemberExpression': {
      const property = at(field('property'))
      const to = property === undefined ? undefined : METHODS[text(property)]
      return property === undefined || to === undefined ? [] : [{ ...property, to }]
    }
    default:
      return []
  }
}

const elements = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function saysOnly(node: Node): boolean {
  const callee: unknown = Object(node)['callee']
  return isNode(callee) && callee.type === 'Identifier' && SAYS.has(String(Object(callee)['value']))
}

function childrenOf(node: Node): readonly Node[] {
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

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
