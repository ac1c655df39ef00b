import type { CaseId } from '@embargo/core'
import type { Card } from '@embargo/engine'
import type { Form, Input, Reply } from '../types.ts'
import { typedAction } from '../render/typed-action.ts'
import { contentStaysOut } from './stays-out.ts'
import type { Shown } from './stays-out.ts'
import { withheld } from './withheld.ts'

/** What a button carries of what was shown: typed again, it is shown anew. */
const OF_WHAT_WAS_SHOWN: ReadonlySet<string> = new Set(['digest', 'blob', 'part'])

/** How it is read in the terminal: what was written, all of it; what would leave, by the command that shows it. */
function howToRead({ kind, actions }: Card, id: CaseId | undefined): string {
  const shows = kind === 'approval' ? (actions.find(({ input }) => 'digest' in input) ?? actions[0]) : undefined
  if (shows === undefined) return `embargo case ${id ?? '<number>'} read`
  const input = Object.fromEntries(Object.entries(shows.input).filter(([name]) => !OF_WHAT_WAS_SHOWN.has(name)))
  return typedAction({ verb: shows.verb, input })
}

/** The one way out for a card: presenter and router give every card through it, and nothing else gives any. */
export function leavesAsCard(card: Card, shown: Shown): Card {
  return contentStaysOut(shown) ? withheld(card, howToRead(card, shown.cases[0]?.id)) : card
}

/** The same for an answer: its card, its form, and what a script reads of it. */
export function leavesAsReply(reply: Reply, shown: Shown, input: Input): Reply {
  if (!contentStaysOut(shown)) return reply
  if ('form' in reply) return { form: warned(withoutStored(reply.form, input)) }
  if ('refusal' in reply) return { ...reply, refusal: leavesAsCard(reply.refusal, shown) }
  const { facts } = reply
  return {
    ...reply,
    card: leavesAsCard(reply.card, shown),
    ...(facts?.is === 'preview' ? { facts: { ...facts, sections: [] } } : {}),
  }
}

/** A form keeps what its reader gave just now. Text that comes out of the store would be content. */
function withoutStored(form: Form, input: Input): Form {
  return {
    ...form,
    fields: form.fields.map(({ value, ...field }) =>
      value === undefined || (isFree(field.kind) && !isGiven(value, input)) ? field : { ...field, value },
    ),
  }
}

const WARNING = 'Passes through the chat platform; what you write in the terminal does not'

/** Whoever writes much is told where it goes: a mail or a patch is content, and only its writer can keep it out. */
export const warned = (form: Form): Form => ({
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
