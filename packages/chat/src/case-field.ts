import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '@embargo/engine'
import type { ChatCommand } from './define-command.ts'
import type { Form, Input, Place } from './types.ts'

/** The field that asks which case a form is about. Not `case`: that a form carries unseen, and no field changes it. */
export const CASE_FIELD = 'aboutCase'

/** Whether a form has to ask: `perhaps` where nobody said in time whether its channel is a case's. */
export type AsksCase = 'no' | 'perhaps' | 'yes'

/** Slack and Discord give a form three seconds to open, so a slow store is not waited for. */
const ASKED_FOR_MS = 300

/** Whether a form has to ask which case it is about. It answers within a third of a second, whatever the store does. */
export async function asksCase(
  engine: Pick<Engine, 'caseByChannel'>,
  command: Pick<ChatCommand, 'about'> | undefined,
  opened: { readonly input: Exclude<Input, string>; readonly place: Place },
): Promise<AsksCase> {
  const { input, place } = opened
  if (command?.about !== 'case' || input['case'] !== undefined) return 'no'
  if (place.channel === undefined || place.private === true) return 'yes'
  const heard = new AbortController()
  const tooLate = pause(ASKED_FOR_MS, 'perhaps' as const, { signal: heard.signal }).catch(() => 'perhaps' as const)
  const known = engine.caseByChannel(place.platform, place.channel).then(
    (id) => (id === undefined ? 'yes' : 'no'),
    () => 'perhaps' as const,
  )
  return Promise.race([known, tooLate]).finally(() => heard.abort())
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
