import type { CaseId } from '@embargo/core'
import type { Card } from '@embargo/engine'
import type { Form, Input, Reply } from '../types.ts'
import { typedAction } from '../render/typed-action.ts'
import { isRedacted } from './policy.ts'
import type { RedactionScope } from './policy.ts'
import { redactCard } from './card.ts'

/** The values with which a preview's button confirms the preview. Without them, the command shows the preview again. */
const PREVIEW_VALUES: ReadonlySet<string> = new Set(['digest', 'blob', 'part'])

/**
 * The terminal command that shows the whole text. On the card of an approval, it is the command of the card's button.
 * On any other card, it is `read`.
 */
function howToRead({ kind, actions }: Card, id: CaseId | undefined): string {
  const shows = kind === 'approval' ? (actions.find(({ input }) => 'digest' in input) ?? actions[0]) : undefined
  if (shows === undefined) return `embargo ${id ?? '<number>'} read`
  const input = Object.fromEntries(Object.entries(shows.input).filter(([name]) => !PREVIEW_VALUES.has(name)))
  return typedAction({ verb: shows.verb, input })
}

/**
 * The card, without content if the policy keeps content out of chat. Presenter and router pass every card through this
 * function.
 */
export function cardForPlace(card: Card, shown: RedactionScope): Card {
  return isRedacted(shown) ? redactCard(card, howToRead(card, shown.cases[0]?.id)) : card
}

/** Redacts all parts of an answer in the same way: the card, the form, and the data for a script. */
export function replyForPlace(reply: Reply, shown: RedactionScope, input: Input): Reply {
  if (!isRedacted(shown)) return reply
  if ('form' in reply) return { form: withPlatformWarning(withoutStored(reply.form, input)) }
  if ('refusal' in reply) return { ...reply, refusal: cardForPlace(reply.refusal, shown) }
  const { facts } = reply
  return {
    ...reply,
    card: cardForPlace(reply.card, shown),
    ...(reply.files !== undefined && { files: [] }),
    ...(facts?.is === 'preview' ? { facts: { ...facts, sections: [] } } : {}),
  }
}

/** Keeps what the caller just typed. Leaves out stored text, because it is content of the case. */
function withoutStored(form: Form, input: Input): Form {
  return {
    ...form,
    fields: form.fields.map(({ value, ...field }) =>
      value === undefined || (isFree(field.kind) && !isGiven(value, input)) ? field : { ...field, value },
    ),
  }
}

const WARNING = 'Passes through the chat platform; what you write in the terminal does not'

/**
 * Warns, at fields for long texts and files, that what is written passes through the chat platform. The program cannot
 * keep this content out of chat; only the writer can.
 */
export const withPlatformWarning = (form: Form): Form => ({
  ...form,
  fields: form.fields.map((field) =>
    field.kind === 'long-text' || field.kind === 'file'
      ? { ...field, hint: field.hint === undefined || field.hint === '' ? WARNING : `${WARNING} · ${field.hint}` }
      : field,
  ),
})

const isFree = (kind: Form['fields'][number]['kind']): boolean => kind === 'text' || kind === 'long-text'

const isGiven = (value: string, input: Input): boolean =>
  typeof input === 'string' ? input.includes(value) : Object.values(input).includes(value)
