import type { Form, FormField } from '@embargo/chat'
import { describe, expect, it } from 'vitest'
import { INPUT_VALUE_MAX, OPTIONS_MAX, VIEW_METADATA_MAX, VIEW_TITLE_MAX } from '../limits.ts'
import { renderForm } from './form.ts'
import { FormTooLarge } from './form-parts.ts'
import { readForm } from './form-values.ts'

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

describe('a form as a modal', () => {
  it('has one input for each field', () => {
    const view = renderForm(
      form({
        fields: [
          field({ hint: 'Plain text.' }),
          field({ name: 'credit', kind: 'choice', choices: [{ value: 'named', label: 'By name' }], value: 'named' }),
          field({ name: 'at', kind: 'date-time', optional: true, value: '2026-07-14T14:00:00.000Z' }),
        ],
      }),
      'C1',
    )
    expect(view).toMatchObject({
      type: 'modal',
      callback_id: 'embargo:form',
      title: { text: 'Reply' },
      submit: { text: 'Preview' },
    })
    expect(view.blocks).toMatchObject([
      {
        type: 'input',
        block_id: 'field:text',
        optional: false,
        hint: { text: 'Plain text.' },
        element: { type: 'plain_text_input', multiline: true, max_length: 3000 },
      },
      {
        block_id: 'field:credit',
        element: { type: 'static_select', initial_option: { value: 'named', text: { text: 'By name' } } },
      },
      { block_id: 'field:at', optional: true, element: { type: 'datetimepicker', initial_date_time: 1_784_037_600 } },
    ])
  })

  it('cuts a title that is too long', () => {
    expect(renderForm(form({ title: 'x'.repeat(VIEW_TITLE_MAX + 1) }), undefined).title.text).toHaveLength(
      VIEW_TITLE_MAX,
    )
  })

  it('accepts hidden and visible values up to the limit, and refuses longer values', () => {
    const frame = JSON.stringify({ verb: 'reply', hidden: { a: '' } }).length
    expect(() => renderForm(form({ hidden: { a: 'x'.repeat(VIEW_METADATA_MAX - frame) } }), undefined)).not.toThrow()
    expect(() => renderForm(form({ hidden: { a: 'x'.repeat(VIEW_METADATA_MAX - frame + 1) } }), undefined)).toThrow(
      FormTooLarge,
    )
    expect(() => renderForm(form({ fields: [field({ value: 'x'.repeat(INPUT_VALUE_MAX) })] }), undefined)).not.toThrow()
    expect(() => renderForm(form({ fields: [field({ value: 'x'.repeat(INPUT_VALUE_MAX + 1) })] }), undefined)).toThrow(
      FormTooLarge,
    )
    const choices = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ value: String(index), label: 'x' }))
    expect(() =>
      renderForm(form({ fields: [field({ kind: 'choice', choices: choices(OPTIONS_MAX) })] }), undefined),
    ).not.toThrow()
    expect(() =>
      renderForm(form({ fields: [field({ kind: 'choice', choices: choices(OPTIONS_MAX + 1) })] }), undefined),
    ).toThrow(FormTooLarge)
  })
})

describe('a form that comes back', () => {
  const metadata = JSON.stringify({ verb: 'reply', hidden: { report: 'r1' }, channel: 'C1' })

  it('becomes its verb with the hidden and the filled-in values', () => {
    const values = {
      'field:text': { value: { type: 'plain_text_input', value: 'thank you' } },
      'field:credit': { value: { type: 'static_select', selected_option: { value: 'named', text: {} } } },
      'field:at': { value: { type: 'datetimepicker', selected_date_time: 1_784_037_600 } },
      'field:note': { value: { type: 'plain_text_input', value: null } },
      other: { value: { value: 'x' } },
    }
    expect(readForm({ private_metadata: metadata, values })).toEqual({
      verb: 'reply',
      channel: 'C1',
      files: [],
      input: { text: 'thank you', credit: 'named', at: '2026-07-14T14:00:00.000Z', report: 'r1' },
    })
  })

  it('cannot change what it is about', () => {
    expect(
      readForm({ private_metadata: metadata, values: { 'field:report': { value: { value: 'r2' } } } })?.input,
    ).toEqual({ report: 'r1' })
  })

  it.each(['', '{}', '[]', '{"verb":1,"hidden":{}}'])('is nothing of ours with the metadata %s', (foreign) => {
    expect(readForm({ private_metadata: foreign, values: {} })).toBeUndefined()
  })
})
