import type { CaseId } from '@embargo/core'
import type { Form } from './types.ts'

/** An action in the menu of a message in a channel. */
export type MessageAction = {
  readonly id: 'send-to-reporter' | 'log-as-answer'
  /** The label in the menu. */
  readonly label: string
  readonly verb: string
  /** The option that gets the message's text. */
  readonly optionForText?: string
}

/** The values of a message's button. Pressing the button is the same as typing its verb with these values. */
type ButtonCommand = { readonly verb: string; readonly input: Readonly<Record<string, string>> }

/** In Slack, a shortcut's name has at most 24 characters (reference/app-manifest). Discord allows 32. */
export const MESSAGE_ACTION_LABEL_MAX = 24

export const MESSAGE_ACTIONS: readonly MessageAction[] = [
  { id: 'send-to-reporter', label: 'Send to reporter…', verb: 'reply', optionForText: 'text' },
  // The form asks which mail contains the answer. If the message is the card of a mail, the form does not ask, because
  // the card's button carries the mail's id.
  { id: 'log-as-answer', label: 'Log as reporter’s answer', verb: 'log-answer' },
]

/**
 * The initial values of an action's form. They start from the values of the message's own button for the same verb.
 * Text that is longer than the form's field is left out, so truncated text is never mailed by mistake. Pass only
 * buttons of our own messages as `buttons`, because anybody can post buttons. Pure.
 */
export function messageInput(
  action: MessageAction,
  message: {
    readonly text: string
    readonly most: number
    readonly case?: CaseId | undefined
    readonly buttons?: readonly ButtonCommand[]
  },
): Readonly<Record<string, string>> {
  const { optionForText, verb } = action
  const fits = message.text.trim() !== '' && message.text.length <= message.most
  return {
    ...message.buttons?.find((button) => button.verb === verb)?.input,
    ...(message.case === undefined ? {} : { case: message.case }),
    ...(optionForText !== undefined && fits ? { [optionForText]: message.text } : {}),
  }
}

/**
 * Adds a note to the form about the parts of the message that the form leaves out: files, and a text that is too long
 * for its field. Without the note, somebody could mail a text that mentions a patch and not notice that the patch is
 * missing. Pure.
 */
export function withLeftBehind(
  form: Form,
  { optionForText }: MessageAction,
  message: { readonly text: string; readonly most: number; readonly files: number },
): Form {
  const stay = leftBehind(message)
  if (stay.length === 0) return form
  const fields = form.fields.map((field) =>
    field.name === optionForText
      ? { ...field, hint: [...stay, ...(field.hint === undefined ? [] : [field.hint])].join(' ') }
      : field,
  )
  return { ...form, fields }
}

/**
 * The note about the parts that a form leaves out. It is short, because Discord shows at most a hundred characters
 * below a field.
 */
function leftBehind({
  text,
  most,
  files,
}: {
  readonly text: string
  readonly most: number
  readonly files: number
}): readonly string[] {
  return [
    ...(text.length > most ? ['The message is longer than this field takes: add it as a text file.'] : []),
    ...(files === 0
      ? []
      : [`${files === 1 ? 'The file of the message stays' : `${files} files of the message stay`} behind.`]),
  ]
}
