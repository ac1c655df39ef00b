import type { Queries } from '@embargo/engine'
import type { ChatCommand } from './chat-command.ts'
import type { Form, Input, Place } from './types.ts'

/** The field that asks which case a form is about. Not named `case`, which a form carries hidden and no field may change. */
export const CASE_FIELD = 'aboutCase'

/** Whether a form has to ask; `perhaps` while it is unknown whether its channel belongs to a case. */
export type AsksCase = 'no' | 'perhaps' | 'yes'

/** Whether a form has to ask which case it is about. At once: a form opens before anything is read. */
export function asksCase(
  queries: Pick<Queries, 'caseByChannel' | 'isCaseChannel'>,
  command: Pick<ChatCommand, 'about'> | undefined,
  opened: { readonly input: Exclude<Input, string>; readonly place: Place },
): AsksCase {
  const { input, place } = opened
  if (command?.about !== 'case' || input['case'] !== undefined) return 'no'
  if (place.channel === undefined || place.private === true) return 'yes'
  const isOfACase = queries.isCaseChannel(place.platform, place.channel)
  if (isOfACase === true) return 'no'
  // For the next form: this one waits for no answer. Where the store is away, there is nothing to hear.
  queries.caseByChannel(place.platform, place.channel).catch(() => undefined)
  return isOfACase === false ? 'yes' : 'perhaps'
}

/**
 * The form with the field for its case first, where it has to ask, or where it has asked before and somebody comes back
 * to it. Pure.
 */
export function withCaseField(form: Form, asks: AsksCase): Form {
  const { [CASE_FIELD]: said, ...hidden } = form.hidden
  if (asks === 'no' && said === undefined) return form
  const example = 'Its number, such as SEC-2026-0042'
  const isNeeded = asks === 'yes'
  return {
    ...form,
    hidden,
    fields: [
      {
        name: CASE_FIELD,
        label: 'Case',
        kind: 'text',
        suggests: 'case',
        hint: isNeeded ? example : `${example}; not needed in its own channel`,
        ...(isNeeded ? {} : { optional: true }),
        ...(said === undefined || said === '' ? {} : { value: said }),
      },
      ...form.fields,
    ],
  }
}
