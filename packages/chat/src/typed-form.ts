import type { ChatCommand } from './chat-command.ts'
import { numberFirst } from './find-case.ts'
import type { OptionInfo } from './option.ts'
import type { Form } from './types.ts'

/** If this is typed after a command, the command's form opens, even if the command could run without the form. */
const FORM_PLEASE = '?'

type FormSource = Pick<ChatCommand, 'another' | 'form' | 'parse'> & {
  readonly options: readonly Pick<OptionInfo, 'name' | 'needed' | 'wanted' | 'takes' | 'hidden'>[]
}

/**
 * The form that opens after typed text, because the text lacks a needed value or because the caller typed `?` to ask
 * for the form. The text may begin with the case number. Undefined if no form is needed, if the text cannot be parsed,
 * or if only the router knows which case the typed number means. Pure.
 */
export function formOfTyped(command: FormSource, text: string): Form | undefined {
  const { named, rest } = numberFirst(text)
  // A command with `another` also takes the number of another case. In a case's channel, a single typed number is the
  // number of that other case. Elsewhere, it is the number of the case itself. Only the router knows where the command
  // was typed, so no form opens here.
  if (named !== undefined && command.another) return undefined
  const words = rest.trim()
  const isAsked = words === FORM_PLEASE
  const typed = isAsked ? { ok: true as const, values: {} } : command.parse(words, { branches: [] })
  if (!typed.ok) return undefined
  const { values } = typed
  if (!isAsked && !command.options.some((option) => isMissing(option, words, values))) return undefined
  const form = command.form({ ...values, ...(named === undefined ? {} : { case: named }) })
  return form.fields.length === 0 ? undefined : form
}

/**
 * Whether a form must ask for this option. If the value is missing, a form asks for every option that the schema
 * requires. A form asks for a `wanted` text that the schema leaves optional only if nothing was typed. Such a text is
 * optional because the button of a preview carries a stored text in its place.
 */
const isMissing = (
  { name, needed, wanted, takes, hidden }: FormSource['options'][number],
  words: string,
  values: Readonly<Record<string, string>>,
): boolean => !hidden && values[name] === undefined && (needed || (words === '' && wanted && takes === 'rest'))
