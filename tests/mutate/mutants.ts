import { bodyOf, childrenOf, field, isNode, treeOf } from './tree.ts'
import type { Node, Span, Tree } from './tree.ts'

/** One change of one place in a source: small enough that a test either sees it or does not. */
export type Mutant = {
  readonly path: string
  readonly line: number
  /** The line as it stands. */
  readonly code: string
  /** The innermost function that it is in, by where its body begins; undefined for what runs when the file is loaded. */
  readonly within: number | undefined
  readonly from: string
  readonly to: string
  /** What is changed, in words; where a line has several like it, which of them. */
  readonly change: string
  readonly text: string
}

type Change = Span & { readonly to: string; readonly within: number | undefined }
type Around = { readonly tree: Tree; readonly table: boolean; readonly within: number | undefined }

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
  const tree = treeOf(path, source)
  const { bytes } = tree
  const seen = new Set<string>()
  const table = path.endsWith('transitions.ts')
  const alike = new Map<string, number>()
  return changesOf(tree.root, { tree, table, within: undefined }).flatMap(
    ({ start, end, to, within }): readonly Mutant[] => {
      const from = tree.text({ start, end })
      const before = tree.text({ start: 0, end: start })
      const text = `${before}${to}${tree.text({ start: end, end: bytes.length })}`
      if (from === to || seen.has(text)) return []
      seen.add(text)
      const line = before.split('\n').length
      const code = (source.split('\n')[line - 1] ?? '').trim()
      const said = `${short(from)} → ${short(to)}`
      const nth = (alike.get(`${line} ${said}`) ?? 0) + 1
      alike.set(`${line} ${said}`, nth)
      const change = nth === 1 ? said : `${said} (${nth})`
      return [{ path, line, code, within, from: short(from), to: short(to), change, text }]
    },
  )
}

const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 70)

function changesOf(node: Node, around: Around): readonly Change[] {
  const { tree, table } = around
  if (node.type.startsWith('Ts') || node.type === 'ImportDeclaration' || node.type === 'TemplateLiteral') return []
  if (node.type === 'CallExpression' && saysOnly(node)) return []
  const own = table && node.type === 'KeyValueProperty' ? lostMove(node, tree) : changesHere(node, tree)
  const within = tree.at(bodyOf(node))?.start ?? around.within
  return [
    ...own.map((change) => ({ ...change, within: around.within })),
    ...childrenOf(node).flatMap((child) => changesOf(child, { ...around, within })),
  ]
}

type Here = Omit<Change, 'within'>

/** A move that a transition table no longer has. */
function lostMove(node: Node, tree: Tree): readonly Here[] {
  const key = tree.at(field(node, 'key'))
  return key === undefined ? [] : [{ ...key, to: 'lost' }]
}

function changesHere(node: Node, tree: Tree): readonly Here[] {
  const { at, text } = tree
  const here = at(node)
  if (here === undefined) return []
  const of = (name: string): unknown => field(node, name)
  switch (node.type) {
    case 'BinaryExpression': {
      const operator = String(of('operator'))
      const to = OPERATORS[operator]
      const left = at(of('left'))
      const right = at(of('right'))
      if (to === undefined || left === undefined || right === undefined) return []
      const between = text({ start: left.end, end: right.start })
      const start = left.end + Buffer.byteLength(between.slice(0, between.indexOf(operator)))
      return [{ start, end: start + operator.length, to }]
    }
    case 'UnaryExpression': {
      const argument = at(of('argument'))
      return of('operator') === '!' && argument !== undefined ? [{ ...here, to: text(argument) }] : []
    }
    case 'BooleanLiteral':
      return [{ ...here, to: text(here) === 'true' ? 'false' : 'true' }]
    case 'NumericLiteral':
      return [{ ...here, to: `(${text(here)} + 1)` }]
    case 'ConditionalExpression':
    case 'IfStatement': {
      const test = at(of('test'))
      return test === undefined ? [] : [{ ...test, to: `!(${text(test)})` }]
    }
    case 'ArrayExpression':
      return elements(of('elements')).length > 0 ? [{ ...here, to: '[]' }] : []
    case 'MemberExpression': {
      const property = at(of('property'))
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
