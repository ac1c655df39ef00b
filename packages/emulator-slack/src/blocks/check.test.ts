import { describe, expect, it } from 'vitest'
import { checkMessageBlocks, checkView } from './check.ts'

const nextId = () => 'generated'
const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) })
const markdown = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) })
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))
const option = (n: number, length = 5) => ({ text: plain(length), value: `v${n}` })
const button = (more: object = {}) => ({ type: 'button', text: plain(5), ...more })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain(5), element, ...more })
const textInput = (more: object = {}) => ({ type: 'plain_text_input', ...more })

const blocksPass = (...blocks: object[]): boolean => checkMessageBlocks(blocks, nextId).ok

/** The limits: the largest accepted size, and how to build a block of a given size. */
const limits: readonly [string, number, (measure: number) => object][] = [
  ['the text of a section', 3000, (n) => ({ type: 'section', text: markdown(n) })],
  ['the fields of a section', 10, (n) => ({ type: 'section', fields: many(n, () => plain(5)) })],
  ['a field of a section', 2000, (n) => ({ type: 'section', fields: [markdown(n)] })],
  ['a header', 150, (n) => ({ type: 'header', text: plain(n) })],
  ['the elements of a context', 10, (n) => ({ type: 'context', elements: many(n, () => plain(5)) })],
  ['the elements of actions', 25, (n) => actions(...many(n, (index) => button({ action_id: `a${index}` })))],
  ['a block_id', 255, (n) => ({ type: 'divider', block_id: 'x'.repeat(n) })],
  ['an action_id', 255, (n) => actions(button({ action_id: 'x'.repeat(n) }))],
  ['the text of a button', 75, (n) => actions({ type: 'button', text: plain(n) })],
  ['the value of a button', 2000, (n) => actions(button({ value: 'x'.repeat(n) }))],
  ['the link of a button', 3000, (n) => actions(button({ url: 'x'.repeat(n) }))],
  ['the options of a menu', 100, (n) => actions({ type: 'static_select', options: many(n, (at) => option(at)) })],
  ['the text of an option', 75, (n) => actions({ type: 'static_select', options: [option(1, n)] })],
  [
    'the value of an option',
    150,
    (n) => actions({ type: 'static_select', options: [{ text: plain(5), value: 'x'.repeat(n) }] }),
  ],
  ['a placeholder', 150, (n) => actions({ type: 'users_select', placeholder: plain(n) })],
  ['the choices of radio buttons', 10, (n) => actions({ type: 'radio_buttons', options: many(n, (at) => option(at)) })],
  ['the options of an overflow menu', 5, (n) => actions({ type: 'overflow', options: many(n, (at) => option(at)) })],
  ['the label of an input', 2000, (n) => ({ ...input(textInput()), label: plain(n) })],
  ['the hint of an input', 2000, (n) => input(textInput(), { hint: plain(n) })],
  ['the max_length of a text', 3000, (n) => input(textInput({ max_length: n }))],
  ['the min_length of a text', 3000, (n) => input(textInput({ min_length: n }))],
  ['the initial value of a text', 3000, (n) => input(textInput({ initial_value: 'x'.repeat(n) }))],
  ['the title of a confirmation', 100, (n) => actions(button({ confirm: { title: plain(n), text: plain(5) } }))],
  ['the text of a confirmation', 300, (n) => actions(button({ confirm: { text: plain(n) } }))],
]

// https://docs.slack.dev/reference/block-kit/blocks
describe('a limit of Block Kit', () => {
  it.each(limits)('allows %s up to %i', (_what, max, build) => {
    expect(blocksPass(build(max))).toBe(true)
    expect(blocksPass(build(max + 1))).toBe(false)
  })

  it('allows 50 blocks in a message and 100 in a modal', () => {
    const dividers = (count: number) => many(count, () => ({ type: 'divider' }))
    expect(blocksPass(...dividers(50))).toBe(true)
    expect(checkMessageBlocks(dividers(51), nextId)).toEqual({
      ok: false,
      messages: ['no more than 50 items allowed [json-pointer:/blocks]'],
    })
    const view = (count: number) => ({ type: 'modal', title: plain(5), blocks: dividers(count) })
    expect(checkView(view(100), nextId).ok).toBe(true)
    expect(checkView(view(101), nextId)).toEqual({
      ok: false,
      messages: ['no more than 100 items allowed [json-pointer:/view/blocks]'],
    })
  })
})

// https://docs.slack.dev/reference/views/modal-views
describe('a limit of modals', () => {
  const modal = (more: object) => checkView({ type: 'modal', title: plain(5), blocks: [], ...more }, nextId).ok

  it.each<[string, number, (measure: number) => object]>([
    ['the title', 24, (n) => ({ title: plain(n) })],
    ['the submit button', 24, (n) => ({ submit: plain(n) })],
    ['the close button', 24, (n) => ({ close: plain(n) })],
    ['private_metadata', 3000, (n) => ({ private_metadata: 'x'.repeat(n) })],
    ['callback_id', 255, (n) => ({ callback_id: 'x'.repeat(n) })],
    ['external_id', 255, (n) => ({ external_id: 'x'.repeat(n) })],
  ])('allows %s up to %i', (_what, max, build) => {
    expect(modal(build(max))).toBe(true)
    expect(modal(build(max + 1))).toBe(false)
  })

  it('requires a submit button if there is an input', () => {
    expect(modal({ blocks: [input(textInput())] })).toBe(false)
    expect(modal({ blocks: [input(textInput())], submit: plain(4) })).toBe(true)
  })

  it('says that a view of more than 250 kB is too large', () => {
    expect(checkView({ type: 'modal', pad: 'x'.repeat(250_000) }, nextId)).toMatchObject({ ok: false, tooLarge: true })
  })
})

// https://docs.slack.dev/reference/block-kit/blocks
describe('the shape of blocks', () => {
  it.each<[string, object, string]>([
    ['an unknown block', { type: 'poll' }, 'unsupported type [json-pointer:/blocks/0/type]'],
    [
      'an unknown property',
      { type: 'divider', colour: 'red' },
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      'a header in mrkdwn',
      { type: 'header', text: markdown(3) },
      'must be one of: plain_text [json-pointer:/blocks/0/text/type]',
    ],
    [
      'an empty text',
      { type: 'section', text: plain(0) },
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a section with neither text nor fields',
      { type: 'section' },
      'missing required field: text or fields [json-pointer:/blocks/0]',
    ],
    ['actions with none', actions(), 'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]'],
    ['a text input among actions', actions(textInput()), 'unsupported type [json-pointer:/blocks/0/elements/0/type]'],
    ['a button as an input', input(button()), 'unsupported type [json-pointer:/blocks/0/element/type]'],
    [
      'two elements of one action_id',
      actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
      'action_id `a` already exists [json-pointer:/blocks/0]',
    ],
    [
      'a menu without options',
      actions({ type: 'static_select' }),
      'missing required field: options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a first choice that is not offered',
      actions({ type: 'static_select', options: [option(1)], initial_option: option(2) }),
      'initial_option does not match any option [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'an invalid day',
      input({ type: 'datepicker', initial_date: 'tomorrow' }),
      'invalid value [json-pointer:/blocks/0/element/initial_date]',
    ],
    [
      'a least length above the greatest',
      input(textInput({ min_length: 5, max_length: 4 })),
      'min_length must be at most max_length [json-pointer:/blocks/0/element]',
    ],
  ])('refuses %s', (_what, block, message) => {
    expect(checkMessageBlocks([block], nextId)).toEqual({ ok: false, messages: [message] })
  })

  it('refuses two blocks with the same block_id', () => {
    const twin = { type: 'divider', block_id: 'b' }
    expect(blocksPass(twin, twin)).toBe(false)
  })

  it('accepts rich text', () => {
    const element = { type: 'rich_text_section', elements: [{ type: 'text', text: 'x', style: { bold: true } }] }
    expect(blocksPass({ type: 'rich_text', elements: [element] })).toBe(true)
    expect(blocksPass({ type: 'rich_text', elements: [{ type: 'text', text: 'x' }] })).toBe(false)
  })

  it('gives an id to every element without one', () => {
    expect(checkMessageBlocks([actions(button())], nextId)).toMatchObject({
      value: [{ block_id: 'generated', elements: [{ action_id: 'generated' }] }],
    })
  })
})
