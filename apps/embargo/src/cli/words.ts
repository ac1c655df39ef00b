import { CaseId } from '@embargo/core'
import { CliError } from './output.ts'

type Flags = { readonly words: readonly string[]; readonly yes: boolean; readonly json: boolean }

/** The flags that every command of a case has, and the other typed words. */
export function flagsOf(args: readonly string[]): Flags {
  return {
    words: args.filter((arg) => arg !== '--yes' && arg !== '--json'),
    yes: args.includes('--yes'),
    json: args.includes('--json'),
  }
}

/** The quotes that the parser reads. They have no escapes, so each word takes a pair that it does not contain. */
const QUOTES = ['""', "''", '“”', '‘’', '«»'] as const

/** Quotes a word of the shell, so that the parser also reads it as one word. */
export function quoted(word: string): string {
  if (word !== '' && !/[\s"'“‘„«]/.test(word)) return word
  const [open = '', close = ''] = QUOTES.find((pair) => !word.includes(pair.charAt(1))) ?? ''
  return `${open}${word}${close}`
}

/** A case number as it was typed. @throws with a sentence that shows a valid one */
export function caseNumber(typed: string): CaseId {
  const id = CaseId.safeParse(typed.toUpperCase())
  if (id.success) return id.data
  throw new CliError(`"${typed}" is not a case number; it looks like SEC-2026-0001. "embargo cases" lists them.`)
}
