import { cut } from '@embargo/chat'
import type { Action } from '@embargo/engine'
import type { APIActionRowComponent, APIButtonComponentWithCustomId } from 'discord.js'
import { ButtonStyle, ComponentType } from 'discord.js'
import { BUTTON_LABEL_MAX, ROW_BUTTONS_MAX, ROWS_MAX } from '../limits.ts'
import type { Carried, KeyFor } from './carried.ts'
import { customIdOf, tooLong } from './carried.ts'

export type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>

export const BUTTONS_MAX = ROWS_MAX * ROW_BUTTONS_MAX

const STYLE = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const

export const carriedBy = ({ verb, input, form, confirm }: Action): Carried => ({
  verb,
  input: { ...input },
  ...(form === true ? { form: true as const } : {}),
  ...(confirm === undefined ? {} : { confirm }),
})

/** What the buttons of a card carry that does not fit into them, to be kept before the card is drawn. */
export const toKeep = (actions: readonly Action[]): readonly string[] =>
  actions.slice(0, BUTTONS_MAX).flatMap((action) => tooLong('button', carriedBy(action)) ?? [])

/** Rows of buttons, and the verbs of those that could not be drawn: the card then names what to type. */
export function buttonRows(
  actions: readonly Action[],
  keyFor: KeyFor,
): { readonly rows: ButtonRow[]; readonly typed: readonly string[] } {
  const drawn = actions.map((action, index) => ({
    verb: action.verb,
    button: index < BUTTONS_MAX ? button(action, index, keyFor) : undefined,
  }))
  const buttons = drawn.flatMap((each) => each.button ?? [])
  const rows: ButtonRow[] = []
  for (let from = 0; from < buttons.length; from += ROW_BUTTONS_MAX)
    rows.push({ type: ComponentType.ActionRow, components: buttons.slice(from, from + ROW_BUTTONS_MAX) })
  return { rows, typed: drawn.flatMap((each) => (each.button === undefined ? [each.verb] : [])) }
}

function button(action: Action, index: number, keyFor: KeyFor): APIButtonComponentWithCustomId | undefined {
  const customId = customIdOf('button', carriedBy(action), { index, keyFor })
  if (customId === undefined) return undefined
  return {
    type: ComponentType.Button,
    style: action.style === undefined ? ButtonStyle.Secondary : STYLE[action.style],
    label: cut(action.label.trim() || action.verb, BUTTON_LABEL_MAX),
    custom_id: customId,
  }
}
