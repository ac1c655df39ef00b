import { ApprovalId, CaseId } from '@embargo/core'
import type { Action } from '@embargo/engine'
import { shortNameOf } from '../cards/waiting-command.ts'
import type { ChatCommand } from '../chat-command.ts'
import { isTyped, kebab } from '../option.ts'
import { typedAt } from '../usage.ts'
import type { TypedPlace } from '../usage.ts'
import { placeholderOf } from './placeholder.ts'

/**
 * An action as its reader would type it: `/waive notice --at 2026-06-11 <reason>`. A button's hidden values are left
 * out, and a value that a form would ask for is shown as `<what>`.
 */
export function typedWay(
  { verb, input, form }: Pick<Action, 'verb' | 'input' | 'form'>,
  place: TypedPlace,
  commands: readonly ChatCommand[],
): string {
  const { case: id, ...given } = input
  const options = (commands.find((one) => one.verb === verb)?.options ?? []).filter(isTyped)
  const words = options.flatMap((option, index) => {
    const value = given[option.name]
    if (value === undefined) return form === true ? [placeholderOf(option, options, given) ?? []].flat() : []
    if (value === '') return []
    const shown = option.suggests === 'approval' ? shortNameOf({ id: ApprovalId.parse(value) }) : value
    // The parser gives a typed word to the first option that has no value yet and accepts the word. So a value can be
    // typed without its option's name only if every earlier option has a value already or does not accept this word.
    // If both options have lists of choices, the earlier option does not accept the word, because the two lists have no
    // word in common.
    const isPlaced = options
      .slice(0, index)
      .every((one) => given[one.name] !== undefined || (one.choices !== undefined && option.choices !== undefined))
    return [
      (isPlaced || option.branch) && option.takes !== 'named'
        ? quoted(shown)
        : `--${kebab(option.name)} ${quoted(shown)}`,
    ]
  })
  const { case: _here, ...ofNoCase } = place
  const ofCase = place.platform === 'terminal' ? { ...place, ...caseOf(id) } : place
  return typedAt(verb === 'open' ? ofNoCase : ofCase, [verb, ...words].join(' '))
}

const caseOf = (id: string | undefined): { readonly case?: CaseId } =>
  id === undefined ? {} : { case: CaseId.parse(id) }

const quoted = (value: string): string => (/\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value)
