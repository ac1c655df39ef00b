import { CaseId } from '@embargo/core'
import { z } from 'zod'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'

type Flags = { readonly words: readonly string[]; readonly yes: boolean; readonly json: boolean }

/** Separates the flags that every command of a case has from the other typed words. */
export function flagsOf(args: readonly string[]): Flags {
  return {
    words: args.filter((arg) => arg !== '--yes' && arg !== '--json'),
    yes: args.includes('--yes'),
    json: args.includes('--json'),
  }
}

/**
 * The pairs of quotes that the parser accepts. The parser knows no escape character, so a word is put in a pair that it
 * does not contain.
 */
const QUOTES = ['""', "''", '“”', '‘’', '«»'] as const

/** Quotes a word from the shell, so that the parser too reads it as one word. */
export function quoted(word: string): string {
  if (word !== '' && !/[\s"'“‘„«]/.test(word)) return word
  const [open = '', close = ''] = QUOTES.find((pair) => !word.includes(pair.charAt(1))) ?? ''
  return `${open}${word}${close}`
}

/** The case whose whole number was typed. Undefined if the text is not a whole case number. */
export const caseNamed = (typed: string): CaseId | undefined => CaseId.safeParse(typed.toUpperCase()).data

/** A short case number, such as `42` for the only case of this year with that number. */
const SHORT_NUMBER = /^\d{1,6}$/

/** Whether a word is meant as a case number, even if it is misspelt. */
export const isCaseNumber = (typed: string): boolean => SHORT_NUMBER.test(typed) || /^[a-z]\w*-\d/i.test(typed)

/**
 * The case for a number as it was typed, whole or short.
 * @throws an error that shows a valid number
 */
export async function caseNumber(context: CliContext, typed: string): Promise<CaseId> {
  const id = caseNamed(typed)
  if (id !== undefined) return id
  if (!SHORT_NUMBER.test(typed))
    throw new CliError(
      `"${typed}" is not a case number; a case number looks like SEC-2026-0001. "embargo status all" lists all cases.`,
    )
  const found = z.array(CaseId).parse(await context.ask('cases-numbered', { number: Number(typed) }))
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  throw new CliError(
    found.length === 0
      ? `No case of this year that you may see has the number ${typed}. "embargo status all" lists all cases.`
      : `${typed} may be ${found.join(' or ')}: type the whole number.`,
  )
}
