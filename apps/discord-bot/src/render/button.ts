import type { KeyFor } from '@embargo/bot-kit'
import { cut } from '@embargo/chat'
import type { Action } from '@embargo/engine'
import type { APIActionRowComponent, APIButtonComponentWithCustomId, APIStringSelectComponent } from 'discord.js'
import { ButtonStyle, ComponentType } from 'discord.js'
import {
  BUTTON_LABEL_MAX,
  ROW_BUTTONS_MAX,
  ROWS_MAX,
  SELECT_LABEL_MAX,
  SELECT_OPTIONS_MAX,
  SELECT_PLACEHOLDER_MAX,
} from '../limits.ts'
import type { CarriedCommand } from './custom-id.ts'
import { customIdOf, tooLong } from './custom-id.ts'

export type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>
export type MenuRow = APIActionRowComponent<APIStringSelectComponent>
export type ControlRow = ButtonRow | MenuRow

/**
 * The start of a menu's custom id; the menu's number follows. Each choice in the menu has its own id, which contains
 * the command that it runs.
 */
const MENU = 'choose'

export const BUTTONS_MAX = ROWS_MAX * ROW_BUTTONS_MAX

const STYLE = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const

export const carriedBy = ({ verb, input, form, confirm }: Action): CarriedCommand => ({
  verb,
  input: { ...input },
  ...(form === true ? { form: true as const } : {}),
  ...(confirm === undefined ? {} : { confirm }),
})

/** Values of a card's buttons that are too long for an id and must be stored before the card is drawn. */
export const oversizedValues = (actions: readonly Action[]): readonly string[] =>
  actions.slice(0, BUTTONS_MAX).flatMap((action) => tooLong('button', carriedBy(action)) ?? [])

/**
 * The rows of menus and buttons. `typed`: the verbs of the buttons that could not be drawn; the card shows them as
 * commands to type.
 */
export function controlRows(
  actions: readonly Action[],
  keyFor: KeyFor,
): { readonly rows: ControlRow[]; readonly typed: readonly string[] } {
  const drawn = actions.map((action, index) => ({
    action,
    id: index < BUTTONS_MAX ? customIdOf('button', carriedBy(action), { index, keyFor }) : undefined,
  }))
  const able = drawn.filter(isAble)
  const choices = [...Map.groupBy(able, ({ action }) => action.among)].flatMap(([among, of]) =>
    among === undefined || of.length === 1 ? [] : [{ among, of: of.slice(0, SELECT_OPTIONS_MAX) }],
  )
  const menus = choices.slice(0, ROWS_MAX - 1)
  const inMenus = new Set<PressableAction>(menus.flatMap(({ of }) => of))
  const rest = able.filter((each) => !inMenus.has(each))
  const room = (ROWS_MAX - menus.length) * ROW_BUTTONS_MAX
  const buttons = rest.slice(0, room).map(button)
  const rows: ControlRow[] = menus.map(({ among, of }, index) => menuRow(among, of, index))
  for (let from = 0; from < buttons.length; from += ROW_BUTTONS_MAX)
    rows.push({ type: ComponentType.ActionRow, components: buttons.slice(from, from + ROW_BUTTONS_MAX) })
  const others = [...drawn.filter((each) => !isAble(each)), ...rest.slice(room)]
  return { rows, typed: others.map(({ action }) => action.verb) }
}

type PressableAction = { readonly action: Action; readonly id: string }

const isAble = (each: { readonly action: Action; readonly id: string | undefined }): each is PressableAction =>
  each.id !== undefined

/**
 * A menu with one choice for each action. A choice has the same label and id as a button for the same action:
 * https://docs.discord.com/developers/components/reference#string-select
 */
const menuRow = (among: string, choices: readonly PressableAction[], index: number): MenuRow => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.StringSelect,
      custom_id: `${MENU}${index}`,
      placeholder: cut(among, SELECT_PLACEHOLDER_MAX),
      options: choices.map(({ action, id }) => ({
        label: cut(action.label.trim() || action.verb, SELECT_LABEL_MAX),
        value: id,
      })),
    },
  ],
})

const button = ({ action, id }: PressableAction): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style: action.style === undefined ? ButtonStyle.Secondary : STYLE[action.style],
  label: cut(action.label.trim() || action.verb, BUTTON_LABEL_MAX),
  custom_id: id,
})
