import type { Action } from '@embargo/engine'
import { z } from 'zod'
import { BUTTON_LABEL_MAX, BUTTON_VALUE_MAX, CONFIRM_BUTTON_MAX, CONFIRM_TEXT_MAX } from '../limits.ts'
import { cut } from '../text/cut.ts'
import type { Button } from './blocks.ts'
import { plain } from './blocks.ts'

/** What every action id of ours begins with. */
export const ACTION_PREFIX = 'embargo:'

/** What a button carries: pressing it is typing this. `form`: the press may open a form, and its trigger is short-lived. */
export const ButtonValue = z.strictObject({
  verb: z.string().min(1).max(64),
  input: z.record(z.string(), z.string()),
  form: z.literal(true).optional(),
})
export type ButtonValue = z.infer<typeof ButtonValue>

/** Undefined when what the button carries does not fit: the card then names the command to type. */
export function button(action: Action, index: number): Button | undefined {
  const carried: ButtonValue = {
    verb: action.verb,
    input: { ...action.input },
    ...(action.form === true ? { form: true } : {}),
  }
  const value = JSON.stringify(carried)
  if (value.length > BUTTON_VALUE_MAX) return undefined
  const label = cut(action.label, BUTTON_LABEL_MAX)
  return {
    type: 'button',
    action_id: `${ACTION_PREFIX}${index}:${action.verb}`,
    text: plain(label),
    value,
    ...(action.style === undefined ? {} : { style: action.style }),
    ...(action.confirm === undefined
      ? {}
      : {
          confirm: {
            title: plain('Please confirm'),
            text: plain(cut(action.confirm, CONFIRM_TEXT_MAX)),
            confirm: plain(cut(action.label, CONFIRM_BUTTON_MAX)),
            deny: plain('Not now'),
            ...(action.style === undefined ? {} : { style: action.style }),
          },
        }),
  }
}

/** What a pressed button of ours carries; undefined for anything else. */
export function readButton(value: string | undefined): ButtonValue | undefined {
  if (value === undefined) return undefined
  try {
    return ButtonValue.safeParse(JSON.parse(value)).data
  } catch {
    return undefined
  }
}

const Blocks = z.array(z.object({ type: z.string(), elements: z.unknown().optional() }))
const Elements = z.array(z.object({ type: z.string(), value: z.unknown().optional() }))

/** What the buttons of a message of ours carry, as Slack hands its blocks back. */
export function buttonsIn(blocks: unknown): readonly ButtonValue[] {
  return (Blocks.safeParse(blocks).data ?? [])
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => Elements.safeParse(elements).data ?? [])
    .flatMap(({ type, value }) => (type === 'button' && typeof value === 'string' ? (readButton(value) ?? []) : []))
}
