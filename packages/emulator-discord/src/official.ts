import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A zod schema from Discord's official API description. */
type Schema = {
  readonly safeParse: (value: unknown) => { readonly success: boolean; readonly error?: { readonly message: string } }
}

const MODULE: string = 'discord-api-spec/zod'

/** The schemas of the official API description (https://github.com/discord/discord-api-spec), by name. */
const schemas = (await import(MODULE)) as Readonly<Record<string, Schema>>

/** @throws if the description has no such schema */
export const schema = (name: string): Schema => {
  const found = schemas[`${name}Schema`]
  if (!found) throw new Error(`The API description has no ${name}.`)
  return found
}

/** An operation of the description: its route, its successful responses, and whether it works without a token. */
export type OperationDescription = {
  readonly route: string
  readonly statuses: readonly number[]
  readonly isOpen: boolean
}

const read = (): ReadonlyMap<string, OperationDescription> => {
  const text = readFileSync(fileURLToPath(import.meta.resolve('discord-api-spec')).replace(/\.js$/, '.ts'), 'utf8')
  const found = new Map<string, OperationDescription>()
  let [path, verb, last] = ['', '', '']
  for (const line of text.slice(text.indexOf('export interface Paths')).split('\n')) {
    path = /^ {2}"(\/.*)": \{$/.exec(line)?.[1] ?? path
    verb = /^ {4}(get|put|post|patch|delete): \{$/.exec(line)?.[1] ?? verb
    const [, status, id] = /\/\*\* (2\d\d) response for (\w+) \*\//.exec(line) ?? []
    last = id ?? last
    const known = found.get(last) ?? { route: `${verb.toUpperCase()} ${path}`, statuses: [], isOpen: false }
    if (id !== undefined) found.set(id, { ...known, statuses: [...known.statuses, Number(status)] })
    if (/^ {6}security: \[\{\}/.test(line)) found.set(last, { ...known, isOpen: true })
  }
  return found
}

/** The operations of the description, by id. */
export const described: ReadonlyMap<string, OperationDescription> = read()
