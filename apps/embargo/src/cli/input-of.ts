import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Input } from '@embargo/chat'
import { CliError } from './output.ts'
import { quoted } from './words.ts'

/** Words back into the text that the parser reads. A patch is named by its file: its bytes go, not its path. */
export function inputOf(verb: string, words: readonly string[]): Input {
  const path = words.at(-1)
  if (verb !== 'patch' || path === undefined || !existsSync(path)) return words.map(quoted).join(' ')
  const { plain, named } = namedIn(words.slice(0, -1))
  const [action = 'submit', branch] = plain
  return {
    action,
    ...(branch === undefined ? {} : { branch }),
    file: basename(path),
    ...named,
    patch: readFileSync(path, 'utf8'),
  }
}

/** What may stand beside the file. A misspelt author must not leave the patch with another one. */
const BESIDE_A_PATCH: ReadonlySet<string> = new Set(['author', 'branch', 'file'])
const NAMED = /^--([a-z][a-z-]*)(?:=(.*))?$/su

type Sorted = { readonly plain: readonly string[]; readonly named: Readonly<Record<string, string>> }

/** @throws CliError 2 for an option that is none, or has no value */
function namedIn(words: readonly string[]): Sorted {
  const plain: string[] = []
  const named: Record<string, string> = {}
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const [, name, glued] = NAMED.exec(word) ?? []
    if (name === undefined) {
      plain.push(word)
      continue
    }
    if (!BESIDE_A_PATCH.has(name)) throw new CliError(`There is no option --${name} here.`)
    if (glued === undefined) at += 1
    const value = glued ?? words[at]
    if (value === undefined) throw new CliError(`--${name} needs a value after it.`)
    named[name] = value
  }
  return { plain, named }
}
