import { chatVerbOf, typedName } from '../verbs.ts'
import type { ResolvedCommand } from './resolve-command.ts'
import type { InputContext, InputResult, Values } from './input.ts'
import { INPUT_READERS } from './inputs.ts'

type AnyReader = {
  readonly options: readonly string[]
  readonly read: (values: Values, context: InputContext) => InputResult<object>
}

/**
 * Parses the text after a command with the command's own parser, and returns the values that gates check. Words that no
 * gate checks are refused, because the answer would otherwise seem to take them into account.
 */
export function readInput({ verb, command, text }: ResolvedCommand, context: InputContext): InputResult<object> {
  const parsed = command.parse(text, { branches: context.state.branches.map(({ name }) => name) })
  if (!parsed.ok) return parsed
  const reader: AnyReader | undefined = INPUT_READERS[verb]
  const known = [...Object.keys(chatVerbOf(verb).input), ...(reader?.options ?? [])]
  const unused = Object.entries(parsed.values).flatMap(([name, value]) => (known.includes(name) ? [] : [value]))
  if (unused.length > 0)
    return {
      ok: false,
      because: `No rule for “${typedName(command.verb)}” depends on “${unused.join(' ')}”. Ask again without it.`,
    }
  return reader === undefined ? { ok: true, parts: {} } : reader.read(parsed.values, context)
}
