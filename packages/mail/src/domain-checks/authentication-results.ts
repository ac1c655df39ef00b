import { MAX_RESULTS_FIELD } from './limits.ts'

/** The result of one method with its properties: `dmarc=pass header.from=sample.example`. */
export type MethodResult = {
  readonly method: string
  readonly result: string
  readonly properties: ReadonlyMap<string, string>
}

/** An Authentication-Results field; `server` is its authserv-id. Everything is in lower case. */
export type AuthenticationResults = { readonly server: string; readonly results: readonly MethodResult[] }

type Token = { readonly text: string; readonly quoted: boolean }

/**
 * Reads the value of an Authentication-Results field (RFC 8601 section 2.2). Undefined if the value is too long or
 * malformed. Results without a method or a value are skipped.
 */
export function parseAuthenticationResults(value: string): AuthenticationResults | undefined {
  if (value.length > MAX_RESULTS_FIELD) return undefined
  const [head, ...parts] = split(tokens(value), ';')
  const server = head?.[0]
  if (server === undefined || isSign(server)) return undefined
  return { server: server.text, results: parts.flatMap((part) => methodResult(part) ?? []) }
}

function methodResult(part: readonly Token[]): MethodResult | undefined {
  const [method, equals, result, ...rest] = part
  if (method === undefined || equals === undefined || result === undefined || !isSign(equals)) return undefined
  const properties = new Map<string, string>()
  for (let at = 0; at + 2 < rest.length; at += 1) {
    const [name, sign, value] = rest.slice(at, at + 3)
    if (name === undefined || sign === undefined || value === undefined || !isSign(sign) || isSign(name)) continue
    // The first property of a name counts, so text appended later cannot replace it.
    if (!properties.has(name.text)) properties.set(name.text, value.text)
    at += 2
  }
  return { method: method.text.replace(/\/.*$/u, ''), result: result.text, properties }
}

const isSign = ({ text, quoted }: Token): boolean => !quoted && (text === '=' || text === ';')

/**
 * Splits a value into words, quoted strings and the signs `;` and `=`. Comments may be nested and are left out. If a
 * comment is never closed, the rest of the value is left out too.
 */
function tokens(value: string): readonly Token[] {
  const found: Token[] = []
  let word = ''
  let quoted: string | undefined
  let comments = 0
  const endWord = (): void => {
    if (word !== '') found.push({ text: word, quoted: false })
    word = ''
  }
  let escaped = false
  for (const character of value.toLowerCase()) {
    if (escaped) {
      if (quoted !== undefined) quoted += character
      escaped = false
    } else if (character === '\\') escaped = true
    else if (comments > 0) comments += character === '(' ? 1 : character === ')' ? -1 : 0
    else if (quoted !== undefined) {
      if (character === '"') {
        found.push({ text: quoted, quoted: true })
        quoted = undefined
      } else quoted += character
    } else if (WORD.test(character)) word += character
    else {
      endWord()
      if (character === '(') comments = 1
      else if (character === '"') quoted = ''
      else if (character === ';' || character === '=') found.push({ text: character, quoted: false })
    }
  }
  endWord()
  return found
}

const WORD = /[^\s;=()"\\]/u

function split(all: readonly Token[], sign: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  for (const token of all) {
    if (isSign(token) && token.text === sign) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}
