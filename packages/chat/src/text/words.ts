export type Word = {
  readonly text: string
  readonly quoted: boolean
  /**
   * `start` and `end` are the word's position in the typed text. A text of several words is cut out of the typed text
   * at these positions, so it stays as it was typed.
   */
  readonly start: number
  readonly end: number
}

/** Phones and chat clients turn straight quotes into curly ones. */
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’', '„': '“', '«': '»' }

/**
 * Splits text at spaces and keeps quoted text together. A quote counts only at the beginning of a word, so `it's` is
 * one word. An unclosed quote is an ordinary character.
 */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    const word = quotedAt(text, at) ?? plainAt(text, at)
    words.push(word)
    at = word.end
  }
  return words
}

/** The rest of a line. If one pair of quotes encloses all of it, the quotes are removed, as a shell does. */
export function unquoted(text: string): string {
  const [only, ...others] = wordsOf(text)
  return only?.quoted === true && others.length === 0 ? only.text : text.trim()
}

/** The first word, which names something, and the rest. Both can be empty. */
export function firstAndRest(text: string): readonly [first: string, rest: string] {
  const [, first = '', rest = ''] = /^(\S+)\s*(.*)$/su.exec(text.trim()) ?? []
  return [first, unquoted(rest)]
}

function quotedAt(text: string, start: number): Word | undefined {
  const closing = CLOSING[text.charAt(start)]
  if (closing === undefined) return undefined
  const close = text.indexOf(closing, start + 1)
  if (close === -1 || /\S/.test(text.charAt(close + 1))) return undefined
  return { text: text.slice(start + 1, close), quoted: true, start, end: close + 1 }
}

function plainAt(text: string, start: number): Word {
  const length = text.slice(start).search(/\s/)
  const end = length === -1 ? text.length : start + length
  return { text: text.slice(start, end), quoted: false, start, end }
}
