import { chatVerbOf } from '../verbs.ts'
import type { CommandMeant } from './resolve-command.ts'
import type { Asking, Read, Values } from './input.ts'
import { READINGS } from './inputs.ts'

type AnyReading = {
  readonly options: readonly string[]
  readonly read: (values: Values, asking: Asking) => Read<object>
}

/**
 * Reads what was typed after a command, with the command's own parser, into the parts of the request that gates look at.
 * Refuses words that no gate looks at: otherwise the answer would seem to be about them.
 */
export function saidOf({ verb, command, text }: CommandMeant, asking: Asking): Read<object> {
  const parsed = command.parse(text, { branches: asking.state.branches.map(({ name }) => name) })
  if (!parsed.ok) return parsed
  const reading: AnyReading | undefined = READINGS[verb]
  const known = [
    ...Object.keys(chatVerbOf(verb).input),
    ...(reading?.options ?? []),
    ...(WHICH.get(command.verb) ?? []),
  ]
  const unused = Object.entries(parsed.values).flatMap(([name, value]) => (known.includes(name) ? [] : [value]))
  if (unused.length > 0)
    return { ok: false, because: `No gate before “${command.verb}” looks at “${unused.join(' ')}”: ask without it.` }
  return reading === undefined ? { ok: true, said: {} } : reading.read(parsed.values, asking)
}

/** Words that are part of the command's name. */
const WHICH: ReadonlyMap<string, readonly string[]> = new Map([['answer', ['what']]])
