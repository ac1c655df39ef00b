import type { Queries } from '@embargo/engine'
import type { ChatCommand } from './chat-command.ts'
import type { Form, Input, Place } from './types.ts'

/**
 * The form field that asks which case the form is about. It is not named `case`, because a form carries `case` as a
 * hidden value, and a field must not change that value.
 */
export const CASE_FIELD = 'aboutCase'

/** Whether a form must ask for its case. `perhaps`: we do not know yet whether the channel belongs to a case. */
export type AsksCase = 'no' | 'perhaps' | 'yes'

/**
 * Whether a form must ask for its case. Answered from memory, because a form opens before anything is read from the
 * database.
 */
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
  // Finds out whether the channel belongs to a case, so that the next form knows it; this form does not wait for the
  // answer. Errors are ignored: if the database cannot be reached, the next form starts the query again.
  queries.caseByChannel(place.platform, place.channel).catch(() => undefined)
  return isOfACase === false ? 'yes' : 'perhaps'
}

/** The form with the case field first, if the form must ask for its case or was opened with that field before. Pure. */
export function withCaseField(form: Form, asks: AsksCase): Form {
  const { [CASE_FIELD]: caseNumber, ...hidden } = form.hidden
  if (asks === 'no' && caseNumber === undefined) return form
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
        hint: isNeeded ? example : `${example}; not needed in the case’s own channel`,
        ...(isNeeded ? {} : { optional: true }),
        ...(caseNumber === undefined || caseNumber === '' ? {} : { value: caseNumber }),
      },
      ...form.fields,
    ],
  }
}
