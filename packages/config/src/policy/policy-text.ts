import type { Document, Node, Pair, YAMLMap } from 'yaml'
import { LineCounter, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml'
import type { Problem } from '../problems/problem.ts'
import { looseAliases, MAX_ALIASES, unfoldsWithoutEnd } from './aliases.ts'
import type { Mistake } from './mistake.ts'
import { inOneLine } from './mistake.ts'
import { keysTwice, mistakeIn } from './yaml-mistakes.ts'

/**
 * A policy has a few pages. A file with more characters than this is not a policy, and parsing it would need much
 * memory.
 */
export const LARGEST_POLICY = 1_000_000

export type Path = readonly PropertyKey[]

/** A policy as it was written, with the position of everything in it. */
export type PolicyText = {
  readonly value: unknown
  /** Mistakes of the YAML itself. */
  readonly problems: readonly Problem[]
  /** Whether `value` is usable in spite of the problems. */
  readonly readable: boolean
  /** The position of a value. If the policy does not contain the value: the position of the nearest enclosing value. */
  place(path: Path): Problem['at']
  /** The position of a key in the map at `path`. */
  placeOfKey(path: Path, key: string): Problem['at']
  /** The value as it was written; undefined if it is not written. */
  found(path: Path): string | undefined
}

/**
 * Reads YAML 1.2 and remembers where each value stands. In YAML 1.2, dates and times are text, and `no` is not false.
 */
export function readPolicyText(file: string, text: string): PolicyText {
  if (text.length > LARGEST_POLICY) return tooLarge(file)
  const lines = new LineCounter()
  // `keysTwice` finds duplicate keys. The parser's own check compares each key with all keys before it, which took a
  // hundred seconds for 32,000 keys.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: false, uniqueKeys: false })
  const placeAt = (offset: number): Problem['at'] => {
    const { line, col } = lines.linePos(offset)
    return { is: 'file', path: file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const { value, readable, mistakes } = reading(document, text)
  return {
    value,
    problems: mistakes.map(({ offset, ...problem }) => ({ at: placeAt(offset), ...problem })),
    readable,
    place: (path) => placeAt(startOf(nearestNode(document, path))),
    placeOfKey: (path, key) => placeAt(startOf(keyNode(document, path, key) ?? nearestNode(document, path))),
    found: (path) => writtenAt(text, nodeAt(document, path)),
  }
}

type Reading = Pick<PolicyText, 'value' | 'readable'> & { readonly mistakes: readonly Mistake[] }

function reading(document: Document, text: string): Reading {
  const twice = keysTwice(document, text)
  if (document.errors.length > 0) {
    const torn = document.errors.map((error) => mistakeIn(error, document, text))
    const mistakes = [...torn, ...twice].toSorted((one, other) => one.offset - other.offset)
    return { value: undefined, readable: false, mistakes }
  }
  const mistakes = [...twice, ...looseAliases(document)]
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), readable: true, mistakes }
  } catch {
    // Every alias has an anchor at this point, so the only remaining error is that aliases expand too far.
    return { value: undefined, readable: false, mistakes: [...mistakes, unfoldsWithoutEnd(document)] }
  }
}

function tooLarge(file: string): PolicyText {
  const at = { is: 'file', path: file, line: 1, column: 1 } as const
  const because = `A policy has at most ${LARGEST_POLICY} characters.`
  return {
    value: undefined,
    readable: false,
    problems: [{ at, because, instead: 'Name the right file in EMBARGO_POLICY.' }],
    place: () => at,
    placeOfKey: () => at,
    found: () => undefined,
  }
}

function nodeAt(document: Document, path: Path): Node | undefined {
  return path.reduce<Node | undefined>(childAt, document.contents ?? undefined)
}

function childAt(node: Node | undefined, step: PropertyKey): Node | undefined {
  const child = isMap(node)
    ? pairsOf(node).get(String(step))?.value
    : isSeq(node)
      ? node.items[Number(step)]
      : undefined
  return isNode(child) ? child : undefined
}

/** The keys of each YAML map, by name. The parser's own look-up walks through all keys of a map for each problem. */
const PAIRS = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>()

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = PAIRS.get(map)
  if (known !== undefined) return known
  const pairs = new Map<string, Pair>()
  for (const item of map.items) {
    const key = isScalar(item.key) ? String(item.key.value) : undefined
    // If a key occurs twice, `place`, `placeOfKey` and `found` use the first occurrence.
    if (key !== undefined && !pairs.has(key)) pairs.set(key, item)
  }
  PAIRS.set(map, pairs)
  return pairs
}

function nearestNode(document: Document, path: Path): Node | undefined {
  const node = nodeAt(document, path)
  return node !== undefined || path.length === 0 ? node : nearestNode(document, path.slice(0, -1))
}

function keyNode(document: Document, path: Path, key: string): Node | undefined {
  const map = nodeAt(document, path)
  const pair = isMap(map) ? pairsOf(map).get(key) : undefined
  return isNode(pair?.key) ? pair.key : undefined
}

const startOf = (node: Node | undefined): number => node?.range?.[0] ?? 0

function writtenAt(text: string, node: Node | undefined): string | undefined {
  const range = node?.range
  if (range === undefined || range === null) return undefined
  return inOneLine(text.slice(range[0], range[1]))
}
