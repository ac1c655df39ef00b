import type { Form, FormField } from '@embargo/chat'
import { COMMANDS } from '@embargo/chat'
import { ComponentType } from 'discord.js'
import { describe, expect, it } from 'vitest'
import {
  FIELD_DESCRIPTION_MAX,
  FIELD_LABEL_MAX,
  INPUT_VALUE_MAX,
  MODAL_FIELDS_MAX,
  MODAL_TITLE_MAX,
  SELECT_LABEL_MAX,
  SELECT_OPTIONS_MAX,
} from '../limits.ts'
import { FormTooLarge, pagesOf, renderForm } from './form.ts'

const field = (more: Partial<FormField> = {}): FormField => ({
  name: 'text',
  label: 'Text',
  kind: 'long-text',
  ...more,
})
const form = (more: Partial<Form> = {}): Form => ({
  verb: 'reply',
  title: 'Reply',
  submit: 'Preview',
  hidden: { report: 'r1' },
  fields: [field()],
  ...more,
})
const choices = (count: number, label = 'x') =>
  Array.from({ length: count }, (_, index) => ({ value: String(index), label }))
const fields = (count: number) => Array.from({ length: count }, (_, index) => field({ name: `f${index}` }))

describe('a form as a modal', () => {
  it('has one input for each field', () => {
    const modal = renderForm(
      form({
        fields: [
          field({ hint: 'Plain text.', value: 'Dear Nora' }),
          field({ name: 'credit', kind: 'choice', choices: [{ value: 'named', label: 'By name' }], value: 'named' }),
          field({ name: 'at', kind: 'date-time', optional: true }),
          field({ name: 'patch', kind: 'file', optional: true }),
        ],
      }),
      'm0=reply?',
    )
    expect(modal).toMatchObject({
      custom_id: 'm0=reply?',
      title: 'Reply',
      components: [
        {
          type: ComponentType.Label,
          label: 'Text',
          description: 'Plain text.',
          component: {
            type: ComponentType.TextInput,
            custom_id: 'field:text',
            style: 2,
            required: true,
            value: 'Dear Nora',
          },
        },
        {
          component: {
            type: ComponentType.StringSelect,
            required: true,
            options: [{ value: 'named', label: 'By name', default: true }],
          },
        },
        {
          component: { type: ComponentType.TextInput, style: 1, required: false, placeholder: '2026-07-14 14:00' },
        },
        { component: { type: ComponentType.FileUpload, required: false, min_values: 0, max_values: 1 } },
      ],
    })
  })

  it('is split into several modals if it has too many fields for one', () => {
    expect(pagesOf(form({ fields: fields(MODAL_FIELDS_MAX) }))).toHaveLength(1)
    const long = form({ title: 'x'.repeat(60), fields: fields(MODAL_FIELDS_MAX + 1) })
    expect(pagesOf(long).map((page) => page.length)).toEqual([MODAL_FIELDS_MAX, 1])
    expect(renderForm(long, 'm', 1)).toMatchObject({
      title: expect.stringMatching(/^x+… \(2 of 2\)$/),
      components: [{ component: { custom_id: 'field:f5' } }],
    })
    expect(renderForm(long, 'm', 1).title).toHaveLength(MODAL_TITLE_MAX)
  })

  it.each([
    ['first', 6, [0], [5, 1]],
    ['in the midst', 8, [2, 4], [5, 3]],
    ['last', 6, [5], [5, 1]],
    ['on a page of their own where the last has no room', 10, [0, 3, 5, 6, 7], [5, 5]],
    ['so many that the others fill a page and one stays', 7, [1, 2], [5, 2]],
  ])(
    'has its files on the last page, because only typed text is carried to the next page: %s',
    (_where, count, at, lengths) => {
      const some = fields(count).map((each, index) => (at.includes(index) ? { ...each, kind: 'file' as const } : each))
      const pages = pagesOf(form({ fields: some }))
      expect(pages.map((page) => page.length)).toEqual(lengths)
      expect(pages.flat().map(({ name }) => name)).toEqual(expect.arrayContaining(some.map(({ name }) => name)))
      expect(filesBeforeLast(pages)).toEqual([])
    },
  )

  it.each<readonly [string, number, (length: number) => number | undefined]>([
    ['the title', MODAL_TITLE_MAX, (length) => renderForm(form({ title: 'x'.repeat(length) }), 'm').title.length],
    ['a label', FIELD_LABEL_MAX, (length) => only(field({ label: 'x'.repeat(length) })).label.length],
    ['a hint', FIELD_DESCRIPTION_MAX, (length) => only(field({ hint: 'x'.repeat(length) })).description?.length],
    [
      'the label of a choice',
      SELECT_LABEL_MAX,
      (length) => {
        const { component } = only(field({ kind: 'choice', choices: choices(1, 'x'.repeat(length)) }))
        return component.type === ComponentType.StringSelect ? component.options[0]?.label.length : undefined
      },
    ],
  ])('shows %s in full up to its limit, and shortens it beyond the limit', (_what, most, drawn) => {
    expect(drawn(most)).toBe(most)
    expect(drawn(most + 1)).toBe(most)
  })

  it('accepts the longest value that Discord allows, and refuses a longer value instead of cutting it', () => {
    expect(() => only(field({ value: 'x'.repeat(INPUT_VALUE_MAX) }))).not.toThrow()
    expect(() => only(field({ value: 'x'.repeat(INPUT_VALUE_MAX + 1) }))).toThrow(FormTooLarge)
  })

  it('has a menu if the choices fit into one, and otherwise lists the choices to type from', () => {
    const kindOf = (count: number) => only(field({ kind: 'choice', choices: choices(count) })).component.type
    expect(kindOf(SELECT_OPTIONS_MAX)).toBe(ComponentType.StringSelect)
    expect(kindOf(SELECT_OPTIONS_MAX + 1)).toBe(ComponentType.TextInput)
    expect(only(field({ kind: 'choice', choices: choices(SELECT_OPTIONS_MAX + 1) })).description).toMatch(/^0, 1, 2/)
  })

  it.each(COMMANDS.map((command) => [command.verb, command] as const))('draws the form of %s', (_verb, command) => {
    const whole = command.form('')
    const pages = pagesOf(whole)
    const drawn = pages.flatMap((_page, index) => renderForm(whole, 'm', index).components)
    expect(drawn).toHaveLength(whole.fields.length)
    expect(Math.max(0, ...pages.map((page) => page.length))).toBeLessThanOrEqual(MODAL_FIELDS_MAX)
    expect(filesBeforeLast(pages)).toEqual([])
  })
})

const filesBeforeLast = (pages: ReturnType<typeof pagesOf>) =>
  pages.slice(0, -1).flatMap((page) => page.filter(({ kind }) => kind === 'file'))

function only(one: FormField) {
  const [label] = renderForm(form({ fields: [one] }), 'm').components
  if (label?.type !== ComponentType.Label) throw new Error('no label')
  return label
}
