import type { KeyFor } from '@embargo/bot-kit'
import { cut } from '@embargo/chat'
import type { Action } from '@embargo/engine'
import { z } from 'zod'
import { BUTTON_LABEL_MAX, BUTTON_VALUE_MAX, CONFIRM_BUTTON_MAX, CONFIRM_TEXT_MAX } from '../limits.ts'
import type { Button, KnownBlock } from './blocks.ts'
import { plain } from './blocks.ts'

/** The prefix of the action ids of all our elements. */
export const ACTION_PREFIX = 'embargo:'

/** The id of a block that has an answer's buttons consists of this prefix and the answer's id. */
const ANSWER_PREFIX = 'answer:'

/**
 * Puts the answer's id into the ids of the blocks with buttons. If an answer is shown in two places, these block ids
 * are the same in both.
 */
export const withAnswer = (blocks: readonly KnownBlock[], answer: string): KnownBlock[] =>
  blocks.map((block) => (block.type === 'actions' ? { ...block, block_id: `${ANSWER_PREFIX}${answer}` } : block))

/** The answer to which a pressed button belongs; undefined for a card that everybody sees. */
export const answerOf = (blockId: string): string | undefined =>
  blockId.startsWith(ANSWER_PREFIX) ? blockId.slice(ANSWER_PREFIX.length) : undefined

/**
 * The command that a button carries. Pressing the button is the same as typing this command. `form`: the press may open
 * a form. The form must open at once, because Slack's trigger expires soon. `origin`: identifies the form in which a
 * person first submitted these values.
 */
export const ButtonValue = z.strictObject({
  verb: z.string().min(1).max(64),
  input: z.record(z.string(), z.string()),
  form: z.literal(true).optional(),
  origin: z.string().min(1).max(100).optional(),
})
export type ButtonValue = z.infer<typeof ButtonValue>

/**
 * The key that a button carries instead of its values, if they are too long or if Slack must not have them. The values
 * are stored under this key.
 */
const KeptValue = z.strictObject({ kept: z.string().min(1).max(500) })

const NOWHERE: KeyFor = () => undefined

/** A button of this app. With `origin`, it leads back to a form that was submitted. */
export type OwnAction = Action & Pick<ButtonValue, 'origin'>

/** The content of a button as text. */
export const serializeButton = ({ verb, input, form, origin }: OwnAction): string => {
  const carried: ButtonValue = {
    verb,
    input: { ...input },
    ...(form === true ? { form: true } : {}),
    ...(origin === undefined ? {} : { origin }),
  }
  return JSON.stringify(carried)
}

/** The content of a button as text, if it is too long for a button and must be stored elsewhere. */
export function tooLong(action: Action): string | undefined {
  const text = serializeButton(action)
  return text.length > BUTTON_VALUE_MAX ? text : undefined
}

function valueOf(action: Action, keyFor: KeyFor): string | undefined {
  const kept = keyFor(serializeButton(action))
  if (kept !== undefined) return JSON.stringify({ kept })
  return tooLong(action) === undefined ? serializeButton(action) : undefined
}

/**
 * Draws a button. Undefined if the button's content is too long for Slack and `keyFor` gives no key under which the
 * content is stored. The card then shows the command to type.
 */
export function button(action: Action, index: number, keyFor = NOWHERE): Button | undefined {
  const value = valueOf(action, keyFor)
  if (value === undefined) return undefined
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

/** The content of a pressed button of ours, or the key under which it is stored; undefined for anything else. */
export function readButton(value: string | undefined): ButtonValue | { readonly kept: string } | undefined {
  return value === undefined ? undefined : (readCarried(value) ?? KeptValue.safeParse(parsed(value)).data)
}

export const readCarried = (text: string): ButtonValue | undefined => ButtonValue.safeParse(parsed(text)).data

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const Blocks = z.array(z.object({ type: z.string(), elements: z.unknown().optional() }))
const Elements = z.array(z.object({ type: z.string(), value: z.unknown().optional() }))

/** The contents of the buttons in a message of ours, from the blocks that Slack returns. */
export function buttonsIn(blocks: unknown): readonly ButtonValue[] {
  return (Blocks.safeParse(blocks).data ?? [])
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => Elements.safeParse(elements).data ?? [])
    .flatMap(({ type, value }) => (type === 'button' && typeof value === 'string' ? (readCarried(value) ?? []) : []))
}
