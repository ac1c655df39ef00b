import type { ChatCommand } from './chat-command.ts'
import { numberFirst } from './find-case.ts'
import type { OptionInfo } from './option.ts'
import type { Form } from './types.ts'

/** Asks for the form of a command that could run without it. */
const FORM_PLEASE = '?'

type Typed = Pick<ChatCommand, 'another' | 'form' | 'parse'> & {
  readonly options: readonly Pick<OptionInfo, 'name' | 'needed' | 'wanted' | 'takes' | 'hidden'>[]
}

/**
 * The form for typed text that needs more, or that asks for the form; the case's number may come first. Undefined if
 * only the router can tell. Pure.
 */
export function formOfTyped(command: Typed, text: string): Form | undefined {
  const { named, rest } = numberFirst(text)
  // In a case's channel the number is that of the other case, and the channel is not known here yet.
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

/** A text that a button brings once it was shown is not required: somebody who types no text wants to write one. */
const isMissing = (
  { name, needed, wanted, takes, hidden }: Typed['options'][number],
  words: string,
  values: Readonly<Record<string, string>>,
): boolean => !hidden && values[name] === undefined && (needed || (words === '' && wanted && takes === 'rest'))
