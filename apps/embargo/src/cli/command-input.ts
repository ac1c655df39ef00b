import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { catalogue, kebab, textOfBytes } from '@embargo/chat'
import { isPatch } from '@embargo/core'
import type { Input } from '@embargo/chat'
import { CliError } from './output.ts'
import { quoted } from './words.ts'

/**
 * Joins the words to one text for the parser. The path of a patch file is replaced by the content of the file.
 * @throws CliError 2 for a file that is missing or not a patch, and for an unknown option
 */
export function commandInput(verb: string, typed: readonly string[]): Input {
  // Earlier versions had `patch submit` for this command.
  const words = verb === 'patch' && typed[0] === 'submit' ? typed.slice(1) : typed
  // Options may come before or after the file.
  const path =
    verb === 'patch' ? words.findLast((word, at) => !isOptionValue(words, at) && existsSync(word)) : undefined
  if (path !== undefined) return patchInput(words.toSpliced(words.lastIndexOf(path), 1), path)
  // A word with line breaks is the patch itself.
  if (verb !== 'patch' || words.some((word) => word.includes('\n'))) return words.map(quoted).join(' ')
  const { plain, named } = namedIn(words)
  const { file, ...others } = named
  const [missing] = file === undefined ? plain.filter(isFileName) : [file]
  if (missing === undefined) return words.map(quoted).join(' ')
  if (!existsSync(missing))
    throw new CliError(
      `Nothing was submitted: there is no file "${missing}". Give its path, as in: embargo <case> patch main fix.patch`,
    )
  return patchInput([...plain, ...Object.entries(others).map(([name, value]) => `--${kebab(name)}=${value}`)], missing)
}

const isFileName = (word: string): boolean => /\.(?:patch|diff)$/iu.test(word)

function patchInput(words: readonly string[], path: string): Input {
  const { plain, named } = namedIn(words)
  const [branch] = plain
  const placed = branch === undefined || named['branch'] !== undefined ? {} : { branch }
  return { ...placed, file: basename(path), ...named, patch: patchIn(path) }
}

const isOptionValue = (words: readonly string[], at: number): boolean =>
  NAMED.test(words[at] ?? '') || (at > 0 && /^--[a-z][a-z-]*$/u.test(words[at - 1] ?? ''))

/**
 * The patch is hashed and mailed exactly as it is in the file. So bytes that are not valid text are refused, not
 * replaced.
 */
function patchIn(path: string): string {
  const text = textOfBytes(readFileSync(path))
  if (text === undefined)
    throw new CliError(
      `Nothing was submitted: "${path}" is not text in UTF-8. A patch is mailed byte for byte, and a mail would change bytes that are not UTF-8. Convert the changed files to UTF-8, or make the patch with git diff --binary.`,
    )
  if (!isPatch(text))
    throw new CliError(`Nothing was submitted: "${path}" is not a patch. Make one with git diff or git format-patch.`)
  return text
}

/**
 * The options that may come with a file. Any other option is refused: with a misspelt `--author`, the patch would get
 * the wrong author.
 */
const BESIDE_A_PATCH: ReadonlyMap<string, string> = new Map(
  catalogue({ platform: 'terminal' })
    .find(({ verb }) => verb === 'patch')
    ?.options.filter(({ kind, orFile }) => kind !== 'file' && orFile === undefined)
    .map(({ name }) => [kebab(name), name]),
)
const NAMED = /^--([a-z][a-z-]*)(?:=(.*))?$/su

type SortedWords = { readonly plain: readonly string[]; readonly named: Readonly<Record<string, string>> }

/** @throws CliError 2 for an option that is unknown or has no value */
function namedIn(words: readonly string[]): SortedWords {
  const plain: string[] = []
  const named: Record<string, string> = {}
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const [, name, glued] = NAMED.exec(word) ?? []
    if (name === undefined) {
      plain.push(word)
      continue
    }
    const option = BESIDE_A_PATCH.get(name)
    if (option === undefined) throw new CliError(`There is no option --${name} here.`)
    if (glued === undefined) at += 1
    const value = glued ?? words[at]
    if (value === undefined) throw new CliError(`--${name} needs a value after it.`)
    named[option] = value
  }
  return { plain, named }
}
