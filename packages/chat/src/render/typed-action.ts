import type { Action } from '@embargo/engine'
import { COMMANDS } from '../commands/index.ts'
import type { ChatCommand } from '../chat-command.ts'
import { isTyped, kebab } from '../option.ts'
import type { OptionInfo } from '../option.ts'
import { placeholderOf } from './placeholder.ts'
import { safeLine } from '../text/safe-text.ts'
import { typedName } from '../verbs.ts'

/**
 * A button as a terminal command that runs as printed: `embargo SEC-2026-0042 prenotify --digest …`. A value that a
 * form would ask for is shown as `<what>`, where it would be typed.
 */
export function typedAction(
  { verb, input, form }: Pick<Action, 'verb' | 'input' | 'form'>,
  commands: readonly ChatCommand[] = COMMANDS,
): string {
  const { case: id, ...given } = input
  const options = commands.find((command) => command.verb === verb)?.options ?? []
  const placeholders = form === true ? options.flatMap((option) => placeholderOf(option, options, given) ?? []) : []
  const isWord = id === undefined ? isPlaced : isFirstChoice
  return [
    'embargo',
    ...(id === undefined ? [] : [id]),
    typedName(verb),
    ...Object.entries(given).flatMap(([name, value]) => {
      const option = options.find((one) => one.name === name)
      if (value === '') return []
      // A command about no case is printed without hidden values. In a button, a hidden value limits `all` to what the
      // card showed. In a typed command, `all` has no such limit: it means everything that waits at that moment.
      if (id === undefined && option?.hidden === true) return []
      return option !== undefined && isWord(option, options)
        ? [shellWord(value)]
        : [`--${kebab(name)} ${shellWord(value)}`]
    }),
    ...placeholders,
  ].join(' ')
}

const isPlaced = ({ takes }: OptionInfo): boolean => takes !== 'named'

/**
 * Whether this option is the first that can be typed, and takes one word from a list of choices. The value of such an
 * option is typed without the option's name.
 */
const isFirstChoice = (option: OptionInfo, options: readonly OptionInfo[]): boolean =>
  option.choices !== undefined && option.takes === 'word' && options.find(isTyped) === option

/** Quotes a value for a shell, because people copy the command and run it unchanged. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9._/:@=,+-]+$/.test(text) ? text : `'${safeLine(text).replaceAll("'", `'\\''`)}'`
