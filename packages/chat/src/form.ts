import type { ChatCommand } from './chat-command.ts'
import type { OptionInfo } from './option.ts'
import type { Form, FormField, Input } from './types.ts'
import { cut } from './text/safe-text.ts'

/** Slack: a modal's title has at most 24 characters. */
export const FORM_TITLE_MAX = 24

/**
 * A form with a field for every option that people fill in. If a value in `input`, such as one from a button, has no
 * field, the form carries the value as a hidden value.
 */
export function buildForm(command: ChatCommand, input: Input): Form {
  const given = typeof input === 'string' ? typedSoFar(command, input) : input
  const fields = command.options.filter((option) => isField(option, given))
  const shown = new Set(fields.map((field) => field.name))
  return {
    verb: command.verb,
    title: cut(command.formTitle, FORM_TITLE_MAX),
    submit: command.formSubmit,
    hidden: {
      ...constants(command.options),
      ...Object.fromEntries(Object.entries(given).filter(([name]) => !shown.has(name))),
    },
    fields: fields.map((option) => fieldOf(option, given[option.name])),
  }
}

const isField = (option: OptionInfo, given: Readonly<Record<string, string>>): boolean =>
  !option.hidden &&
  option.unasked !== true &&
  !isConstant(option) &&
  !(option.carried && given[option.name] !== undefined)

/** An option with one possible value, such as `submit` of `patch`, needs no field. */
const isConstant = (option: OptionInfo): boolean => option.required && option.choices?.length === 1

function constants(options: readonly OptionInfo[]): Record<string, string> {
  return Object.fromEntries(options.filter(isConstant).map((option) => [option.name, option.choices?.[0]?.value ?? '']))
}

function typedSoFar(command: ChatCommand, text: string): Readonly<Record<string, string>> {
  const parsed = command.parse(text, { branches: [] })
  return parsed.ok ? parsed.values : {}
}

function fieldOf(option: OptionInfo, value: string | undefined): FormField {
  return {
    name: option.name,
    label: option.label,
    kind: option.kind,
    ...(option.choices === undefined ? {} : { choices: option.choices }),
    ...(option.required || (option.wanted && option.orFile === undefined) ? {} : { optional: true }),
    ...(value === undefined ? {} : { value }),
    ...(option.hint === undefined ? {} : { hint: option.hint }),
    ...(option.most === undefined ? {} : { most: option.most }),
    ...(option.suggests === undefined ? {} : { suggests: option.suggests }),
    ...(option.takes === 'words' ? { several: true } : {}),
  }
}
