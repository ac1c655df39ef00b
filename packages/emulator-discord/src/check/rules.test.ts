import { describe, expect, it } from 'vitest'
import type { Json } from '@embargo/emulator-kit'
import { ApiError } from '../errors.ts'
import { checkCommand, checkCommands } from './commands.ts'
import { checkMessage } from './messages.ts'
import { modal } from './modals.ts'
import { checked } from './problems.ts'

/** The codes of a refusal, with their places; empty if nothing was refused. */
const codes = (check: () => unknown): readonly string[] => {
  try {
    check()
    return []
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return leaves(error.errors ?? {}, '')
  }
}
const leaves = (tree: Json, path: string): string[] =>
  Object.entries(tree as Record<string, Json>).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as { code: string }[]).map((each) => `${path} ${each.code}`)
      : leaves(value, path === '' ? key : `${path}.${key}`),
  )

const button = (more: object = {}): Json => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more })
const message = (components: Json[], flags = 0) => codes(() => checkMessage({ content: 'x', components, flags }))
const row = (...components: Json[]): Json => ({ type: 1, components })
const V2 = 1 << 15
const modern = (...components: Json[]) => codes(() => checkMessage({ components, flags: V2 }))
const textDisplay = (content = 'x'): Json => ({ type: 10, content })

// https://docs.discord.com/developers/components/reference
describe('components', () => {
  it.each<[string, Json, string]>([
    ['a button without custom_id', button({ custom_id: undefined }), 'custom_id BASE_TYPE_REQUIRED'],
    ['a button with an address', button({ url: 'https://example.org' }), 'url BUTTON_COMPONENT_INVALID_FIELD'],
    ['a link without address', { type: 2, style: 5, label: 'x' }, 'url BASE_TYPE_REQUIRED'],
    [
      'a link with custom_id',
      { type: 2, style: 5, label: 'x', url: 'https://example.org', custom_id: 'x' },
      'custom_id BUTTON_COMPONENT_INVALID_FIELD',
    ],
    ['a link of another scheme', { type: 2, style: 5, label: 'x', url: 'javascript:x' }, 'url URL_TYPE_INVALID_SCHEME'],
    ['a button that says nothing', button({ label: '' }), 'label BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED'],
    ['an unknown style', button({ style: 9 }), 'style BASE_TYPE_CHOICES'],
    ['a menu without options', { type: 3, custom_id: 's', options: [] }, 'options BASE_TYPE_BAD_LENGTH'],
    [
      'a menu with a value twice',
      {
        type: 3,
        custom_id: 's',
        options: [
          { label: 'a', value: 'v' },
          { label: 'b', value: 'v' },
        ],
      },
      'options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    [
      'a menu that wants more than it has',
      { type: 3, custom_id: 's', max_values: 2, options: [{ label: 'a', value: 'v' }] },
      'max_values NUMBER_TYPE_MAX',
    ],
    ['an element of an unknown type', { type: 99 }, 'type UNION_TYPE_CHOICES'],
  ])('refuse %s', (_, element, where) => {
    expect(message([row(element)])).toEqual([`components.0.components.0.${where}`])
  })

  it('refuse a menu beside another element, and an empty row', () => {
    const menu = { type: 5, custom_id: 's' }
    expect(message([row(menu, button())])).toEqual(['components.0 COMPONENT_LAYOUT_WIDTH_EXCEEDED'])
    expect(message([row()])).toEqual(['components.0.components BASE_TYPE_BAD_LENGTH'])
  })

  it('refuse a sixth row, and the same custom_id twice', () => {
    const rows = (n: number) => Array.from({ length: n }, (_, index) => row(button({ custom_id: `b${index}` })))
    expect(message(rows(5))).toEqual([])
    expect(message(rows(6))).toEqual(['components BASE_TYPE_BAD_LENGTH'])
    expect(message([row(button()), row(button())])).toEqual(['components COMPONENT_CUSTOM_ID_DUPLICATED'])
  })

  it('components of the newer kind need the flag IS_COMPONENTS_V2, and exclude content and embeds', () => {
    expect(message([textDisplay()])).toEqual(['components.0.type UNION_TYPE_CHOICES'])
    expect(modern(textDisplay())).toEqual([])
    expect(message([textDisplay()], V2)).toEqual(['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'])
  })

  it('a message has at most forty components of the newer kind, nested ones included, with four thousand characters', () => {
    const box = (n: number): Json => ({ type: 17, components: Array.from({ length: n }, () => textDisplay()) })
    expect(modern(box(39))).toEqual([])
    expect(modern(box(20), box(19))).toEqual(['components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED'])
    expect(modern(textDisplay('x'.repeat(2000)), textDisplay('x'.repeat(2000)))).toEqual([])
    expect(modern(textDisplay('x'.repeat(2000)), textDisplay('x'.repeat(2001)))).toEqual([
      'components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ])
  })
})

describe('embeds', () => {
  const embed = (more: object) => codes(() => checkMessage({ embeds: [more as Json] }))
  it.each<[string, object, string]>([
    ['an invalid address', { title: 'x', url: 'nowhere' }, 'url URL_TYPE_INVALID_URL'],
    ['a picture of another scheme', { image: { url: 'file:///x' } }, 'image.url URL_TYPE_INVALID_SCHEME'],
    ['nothing in it', { color: 1 }, 'description BASE_TYPE_REQUIRED'],
    ['a field without value', { fields: [{ name: 'a', value: ' ' }] }, 'fields.0.value BASE_TYPE_REQUIRED'],
  ])('refuse %s', (_, more, where) => {
    expect(embed(more)).toEqual([`embeds.0.${where}`])
  })
})

describe('modals', () => {
  const input = (more: object = {}): Json => ({ type: 4, custom_id: 'i', style: 1, ...more })
  const shown = (...components: Json[]) => codes(() => checked(modal, { custom_id: 'm', title: 'T', components }))
  const label = (component: Json): Json => ({ type: 18, label: 'L', component })

  it.each<[string, Json, string]>([
    ['an input in a row without label', row(input()), 'components.0.components.0.label BASE_TYPE_REQUIRED'],
    [
      'two inputs in a row',
      row(input({ label: 'a' }), input({ label: 'b', custom_id: 'j' })),
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an input with two labels',
      label(input({ label: 'a' })),
      'components.0.component.label TEXT_INPUT_LABEL_NOT_ALLOWED',
    ],
    [
      'a preset that is too long',
      label(input({ value: 'abc', max_length: 2 })),
      'components.0.component.value BASE_TYPE_MAX_LENGTH',
    ],
    ['a button', row(button()), 'components.0.components.0.type BASE_TYPE_CHOICES'],
  ])('refuse %s', (_, component, where) => {
    expect(shown(component)).toContain(where)
  })

  it('refuse the same custom_id twice', () => {
    expect(shown(label(input()), label(input()))).toEqual(['components COMPONENT_CUSTOM_ID_DUPLICATED'])
  })
})

// https://docs.discord.com/developers/interactions/application-commands
describe('commands', () => {
  const option = (more: object = {}): Json => ({ type: 3, name: 'case', description: 'x', ...more })
  const withOptions = (...options: Json[]) => codes(() => checkCommand({ name: 'ack', description: 'x', options }))
  const named = (name: string, type = 1) =>
    codes(() => checkCommand(type === 1 ? { name, description: 'x' } : { name, type }))

  it.each(['ack', 'assign-patch', 'a_b', 'prüfen', '確認', "it's"])('may be called %s', (name) => {
    expect(named(name)).toEqual([])
  })
  it.each(['Ack', 'two words', 'a/b', 'a!', 'a.b'])('may not be called %s', (name) => {
    expect(named(name)).toEqual(['name APPLICATION_COMMAND_INVALID_NAME'])
  })

  it('the name of a context-menu command may have spaces and capital letters; the command has no description', () => {
    expect(named('Send to reporter…', 3)).toEqual([])
    expect(codes(() => checkCommand({ name: 'Send', type: 3, description: 'x' }))).toEqual([
      'description APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID',
    ])
  })

  it.each<[string, Json[], string]>([
    [
      'a required option behind another',
      [option(), option({ name: 'b', required: true })],
      'options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    ['an option twice', [option(), option()], 'options.1.name APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE'],
    [
      'choices and autocomplete',
      [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })],
      'options.0.choices APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES',
    ],
    [
      'a choice twice',
      [
        option({
          choices: [
            { name: 'a', value: 'a' },
            { name: 'a', value: 'b' },
          ],
        }),
      ],
      'options.0.choices APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE',
    ],
    [
      'a subcommand beside a value',
      [option({ type: 1, name: 'sub' }), option()],
      'options.0.type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    [
      'a choice of another type',
      [option({ type: 4, choices: [{ name: 'a', value: 'a' }] })],
      'options.0.choices.0.value NUMBER_TYPE_COERCE',
    ],
    ['no description', [option({ description: '' })], 'options.0.description BASE_TYPE_REQUIRED'],
  ])('refuse %s', (_, options, where) => {
    expect(withOptions(...options)).toEqual([where])
  })

  it('are limited to a hundred, each with its own name, and to fifteen in a context menu', () => {
    const many = (n: number, type: 1 | 3): Json[] =>
      Array.from({ length: n }, (_, index) =>
        type === 1 ? { name: `c${index}`, description: 'x' } : { name: `C${index}`, type },
      )
    expect(checkCommands([...many(100, 1), ...many(15, 3)])).toHaveLength(115)
    expect(() => checkCommands(many(101, 1))).toThrow('Maximum number of application commands reached')
    expect(() => checkCommands(many(16, 3))).toThrow('Maximum number of application commands reached')
    expect(codes(() => checkCommands([...many(1, 1), ...many(1, 1)]))).toEqual([
      '1.name APPLICATION_COMMANDS_DUPLICATE_NAME',
    ])
  })
})
