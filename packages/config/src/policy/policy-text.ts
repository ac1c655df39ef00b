import type { Document, Node } from 'yaml'
import { LineCounter, isMap, isNode, isPair, isScalar, parseDocument } from 'yaml'
import type { Problem } from '../problems/problem.ts'

/** A policy is some pages. Larger is the wrong file, and the parser keeps a position for every token. */
export const LARGEST_POLICY = 1_000_000

/** An alias may be used this often in all: the answer to aliases of aliases ("billion laughs"). */
const MOST_ALIASES = 100

/** Longer texts are cut where a problem repeats them. */
const LONGEST_FOUND = 80

export type Path = readonly PropertyKey[]

/** A policy as it was written, with the places of everything in it. */
export type PolicyText = {
  readonly value: unknown
  /** Mistakes of the YAML itself; `value` is worth nothing while there are any. */
  readonly problems: readonly Problem[]
  /** The place of a value, or of the nearest thing around it that is written. */
  place(path: Path): Problem['at']
  /** The place of a key in the map at `path`. */
  placeOfKey(path: Path, key: string): Problem['at']
  /** The value as it was written; nothing where it is not written at all. */
  found(path: Path): string | undefined
}

/** Reads YAML 1.2 (dates and times stay text, `no` is not false), with its positions. */
export function readPolicyText(file: string, text: string): PolicyText {
  if (text.length > LARGEST_POLICY) return tooLarge(file)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: false })
  const placeAt = (offset: number): Problem['at'] => {
    const { line, col } = lines.linePos(offset)
    return { is: 'file', path: file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const problems = document.errors.map((error) => ({
    at: placeAt(error.pos[0]),
    because: `This is not YAML: ${firstLine(error.message)}.`,
    instead: 'Mend this line; check indentation, quotes, and that no key stands twice.',
  }))
  const read = problems.length > 0 ? { value: undefined } : valueOf(document)
  const unreadable =
    'value' in read
      ? []
      : [{ at: placeAt(0), because: 'Its aliases (*name) unfold without end.', instead: 'Write the values out.' }]
  return {
    value: 'value' in read ? read.value : undefined,
    problems: [...problems, ...unreadable],
    place: (path) => placeAt(startOf(nearestNode(document, path))),
    placeOfKey: (path, key) => placeAt(startOf(keyNode(document, path, key) ?? nearestNode(document, path))),
    found: (path) => writtenAt(text, nodeAt(document, path)),
  }
}

function valueOf(document: Document): { value: unknown } | { because: unknown } {
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) }
  } catch (because) {
    return { because }
  }
}

function tooLarge(file: string): PolicyText {
  const at = { is: 'file', path: file, line: 1, column: 1 } as const
  const because = `A policy has at most ${LARGEST_POLICY} characters.`
  return {
    value: undefined,
    problems: [{ at, because, instead: 'Name the right file in EMBARGO_POLICY.' }],
    place: () => at,
    placeOfKey: () => at,
    found: () => undefined,
  }
}

function nodeAt(document: Document, path: Path): Node | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  return isNode(node) ? node : undefined
}

function nearestNode(document: Document, path: Path): Node | undefined {
  const node = nodeAt(document, path)
  return node !== undefined || path.length === 0 ? node : nearestNode(document, path.slice(0, -1))
}

function keyNode(document: Document, path: Path, key: string): Node | undefined {
  const map = nodeAt(document, path)
  const pair = isMap(map)
    ? map.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)
    : undefined
  return isNode(pair?.key) ? pair.key : undefined
}

const startOf = (node: Node | undefined): number => node?.range?.[0] ?? 0

function writtenAt(text: string, node: Node | undefined): string | undefined {
  const range = node?.range
  if (range === undefined || range === null) return undefined
  const written = text.slice(range[0], range[1]).replaceAll(/\s+/g, ' ').trim()
  return written.length > LONGEST_FOUND ? `${written.slice(0, LONGEST_FOUND)}…` : written
}

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').replace(/[.:]$/, '')
