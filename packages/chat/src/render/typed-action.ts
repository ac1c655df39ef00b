import type { Action } from '@embargo/engine'
import { COMMANDS } from '../commands/index.ts'
import type { ChatCommand } from '../chat-command.ts'
import { isTyped, kebab } from '../option.ts'
import type { OptionInfo } from '../option.ts'
import { safeLine } from '../text/safe-text.ts'

/**
 * A button as a terminal command: `embargo case SEC-2026-0042 prenotify --digest …` runs as printed. A value that a
 * form would ask for is shown as `<what>`, in the place where it is typed.
 */
export function typedAction(
  { verb, input, form }: Pick<Action, 'verb' | 'input' | 'form'>,
  commands: readonly ChatCommand[] = COMMANDS,
): string {
  const { case: id, ...given } = input
  const options = commands.find((command) => command.verb === verb)?.options ?? []
  // When typed, “all” means all that wait then.
  if (id === undefined && verb === 'intake')
    return ['embargo intake', ...[given['what'], given['which']].flatMap((word) => word ?? []).map(shellWord)].join(' ')
  const asked = form === true ? options.filter((option) => isAsked(option) && !(option.name in given)) : []
  if (id === undefined && ['cases', 'open', 'settle'].includes(verb))
    return typedBeside(verb, { options, given, asked })
  if (id === undefined) return typedList(given)
  const constant = (name: string): boolean =>
    options.some((option) => option.name === name && option.required && option.choices?.length === 1)
  return [
    `embargo case ${id} ${verb}`,
    ...Object.entries(given).map(([name, value]) =>
      constant(name) ? shellWord(value) : `--${kebab(name)} ${shellWord(value)}`,
    ),
    ...asked.map(placeholder),
  ].join(' ')
}

const isAsked = (option: OptionInfo): boolean => isTyped(option) && (option.needed || option.wanted)

function placeholder({ name, shownAs, takes, choices }: OptionInfo): string {
  const only = choices?.length === 1 ? choices[0]?.value : undefined
  if (only !== undefined) return only
  return takes === 'named' ? `--${kebab(name)} <${shownAs}>` : `<${shownAs}>`
}

type Beside = {
  readonly options: readonly OptionInfo[]
  readonly given: Readonly<Record<string, string>>
  readonly asked: readonly OptionInfo[]
}

/** A command that is about no case is typed as its words and named values. */
const typedBeside = (verb: string, { options, given, asked }: Beside): string =>
  [
    `embargo ${verb}`,
    ...Object.entries(given).map(([name, value]) =>
      options.find((option) => option.name === name)?.takes === 'named'
        ? `--${kebab(name)} ${shellWord(value)}`
        : shellWord(value),
    ),
    ...asked.map(placeholder),
  ].join(' ')

/** The cards of many cases are listed by `embargo cases`. */
function typedList({ which, page }: Readonly<Record<string, string>>): string {
  return [
    'embargo cases',
    ...(which === 'mine' ? ['--mine'] : []),
    ...(page === undefined ? [] : [`--page ${shellWord(page)}`]),
  ].join(' ')
}

/** Quotes a value so that no shell interprets it: a copied command runs as it looks. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9._/:@=,+-]+$/.test(text) ? text : `'${safeLine(text).replaceAll("'", `'\\''`)}'`
