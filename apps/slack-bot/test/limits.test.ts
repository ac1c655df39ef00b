import type { Form, FormField } from '@embargo/chat'
import type { Action, Card } from '@embargo/engine'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { checkHome, checkMessageBlocks, checkView } from '@embargo/emulator-slack'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderCard, renderForm, slackClient } from '../src/index.ts'
import * as limits from '../src/limits.ts'
import { renderHome } from '../src/render/home.ts'
import { card } from './cards.ts'
import { ANA, BOT_TOKEN, recordingLog, workspace } from './workspace.ts'

// Each row tests three things: Slack accepts the longest value, it refuses a longer one, and, however long the input
// is, it accepts what we draw from the input. The emulator stands in for Slack, with the limits of Slack's reference.

const nextId = (): string => 'b'
const x = (length: number): string => 'x'.repeat(length)
const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n))
const plain = (text: string) => ({ type: 'plain_text', text })
const inMessage = (...blocks: readonly object[]): boolean => checkMessageBlocks(blocks, nextId).ok
const inModal = (more: object, ...blocks: readonly object[]): boolean =>
  checkView({ type: 'modal', title: plain('Form'), submit: plain('Send'), blocks, ...more }, nextId).ok
const pressed = (more: object) => ({ type: 'actions', elements: [{ type: 'button', text: plain('Go'), ...more }] })
const filled = (element: object, more: object = {}) => ({ type: 'input', label: plain('Field'), element, ...more })
const text = { type: 'plain_text_input' }
const menu = (options: readonly object[]) => filled({ type: 'static_select', options })
const option = (label: string, value: string) => ({ text: plain(label), value })

const action = (more: Partial<Action> = {}): Action => ({ label: 'Go', verb: 'ack', input: {}, ...more })
const drawnCard = (more: Partial<Card>): boolean => checkMessageBlocks(renderCard(card(more)).message.blocks, nextId).ok
const field = (more: Partial<FormField> = {}): FormField => ({ name: 'text', label: 'Text', kind: 'text', ...more })
const drawnForm = (more: Partial<Form>): boolean => {
  const form: Form = { verb: 'reply', title: 'Reply', submit: 'Send', hidden: {}, fields: [field()], ...more }
  return checkView(renderForm(form, 'C1'), nextId).ok
}
/** Also true if drawing throws `FormTooLarge`. Such a form must not be cut, because that would change what is sent. */
const drawnOrRefused = (more: Partial<Form>): boolean => {
  try {
    return drawnForm(more)
  } catch (error) {
    return error instanceof Error && error.name === 'FormTooLarge'
  }
}

const LIMITS: ReadonlyMap<string, number> = new Map(Object.entries(limits))

type Row = readonly [name: keyof typeof limits, takes: (length: number) => boolean, draws: (length: number) => boolean]

const ROWS: readonly Row[] = [
  [
    'MESSAGE_BLOCKS_MAX',
    (n) => inMessage(...many(n, () => ({ type: 'divider' }))),
    (n) => drawnCard({ lines: many(n * 4, () => [{ text: 'x' }]) }),
  ],
  ['HEADER_TEXT_MAX', (n) => inMessage({ type: 'header', text: plain(x(n)) }), (n) => drawnCard({ title: x(n) })],
  [
    'SECTION_TEXT_MAX',
    (n) => inMessage({ type: 'section', text: plain(x(n)) }),
    (n) => drawnCard({ quote: { label: 'Report', text: x(n) } }),
  ],
  [
    'ACTIONS_ELEMENTS_MAX',
    (n) => inMessage({ type: 'actions', elements: many(n, () => ({ type: 'button', text: plain('Go') })) }),
    (n) => drawnCard({ actions: many(n, () => action()) }),
  ],
  [
    'BUTTON_LABEL_MAX',
    (n) => inMessage(pressed({ text: plain(x(n)) })),
    (n) => drawnCard({ actions: [action({ label: x(n) })] }),
  ],
  [
    'BUTTON_VALUE_MAX',
    (n) => inMessage(pressed({ value: x(n) })),
    (n) => drawnCard({ actions: [action({ input: { text: x(n) } })] }),
  ],
  [
    'CONFIRM_TEXT_MAX',
    (n) => inMessage(pressed({ confirm: { text: plain(x(n)) } })),
    (n) => drawnCard({ actions: [action({ confirm: x(n) })] }),
  ],
  [
    'CONFIRM_BUTTON_MAX',
    (n) => inMessage(pressed({ confirm: { text: plain('Sure?'), confirm: plain(x(n)) } })),
    (n) => drawnCard({ actions: [action({ confirm: 'Sure?', label: x(n) })] }),
  ],
  ['VIEW_TITLE_MAX', (n) => inModal({ title: plain(x(n)) }), (n) => drawnForm({ title: x(n) })],
  ['VIEW_BUTTON_MAX', (n) => inModal({ submit: plain(x(n)) }), (n) => drawnForm({ submit: x(n) })],
  ['VIEW_METADATA_MAX', (n) => inModal({ private_metadata: x(n) }), (n) => drawnOrRefused({ hidden: { text: x(n) } })],
  [
    'VIEW_BLOCKS_MAX',
    (n) => inModal({}, ...many(n, () => ({ type: 'divider' }))),
    (n) => drawnOrRefused({ fields: many(n, (index) => field({ name: `f${index}` })) }),
  ],
  [
    'INPUT_LABEL_MAX',
    (n) => inModal({}, filled(text, { label: plain(x(n)) })),
    (n) => drawnForm({ fields: [field({ label: x(n) })] }),
  ],
  [
    'INPUT_HINT_MAX',
    (n) => inModal({}, filled(text, { hint: plain(x(n)) })),
    (n) => drawnForm({ fields: [field({ hint: x(n) })] }),
  ],
  [
    'INPUT_VALUE_MAX',
    (n) => inModal({}, filled({ ...text, initial_value: x(n) })),
    (n) => drawnOrRefused({ fields: [field({ value: x(n), most: n })] }),
  ],
  [
    'OPTIONS_MAX',
    (n) => inModal({}, menu(many(n, (index) => option('o', `v${index}`)))),
    (n) =>
      drawnOrRefused({
        fields: [field({ kind: 'choice', choices: many(n, (index) => ({ value: `v${index}`, label: 'o' })) })],
      }),
  ],
  [
    'OPTION_LABEL_MAX',
    (n) => inModal({}, menu([option(x(n), 'v')])),
    (n) => drawnForm({ fields: [field({ kind: 'choice', choices: [{ value: 'v', label: x(n) }] })] }),
  ],
  [
    'OPTION_VALUE_MAX',
    (n) => inModal({}, menu([option('o', x(n))])),
    (n) => drawnOrRefused({ fields: [field({ kind: 'choice', choices: [{ value: x(n), label: 'o' }] })] }),
  ],
  [
    'OPTION_VALUE_MAX',
    (n) => inModal({}, filled({ type: 'external_select', initial_option: option('o', x(n)) })),
    (n) => drawnForm({ fields: [field({ suggests: 'person', value: x(n) })] }),
  ],
  [
    'FILES_MAX',
    (n) => inModal({}, filled({ type: 'file_input', max_files: n })),
    () => drawnForm({ fields: [field({ kind: 'file' })] }),
  ],
]

describe('the limits of what is drawn', () => {
  it.each(ROWS)('%s is the longest that Slack accepts', (name, takes, draws) => {
    const most = LIMITS.get(name) ?? 0
    expect([takes(most), takes(most + 1)]).toEqual([true, false])
    for (const length of [most, most + 1, most * 10]) expect(draws(length), `${length}`).toBe(true)
  })

  it('a Home tab of a hundred blocks is accepted, and a longer one is cut to a hundred', () => {
    const blocks = (count: number) =>
      checkHome({ type: 'home', blocks: many(count, () => ({ type: 'divider' })) }, nextId)
    expect([blocks(limits.VIEW_BLOCKS_MAX).ok, blocks(limits.VIEW_BLOCKS_MAX + 1).ok]).toEqual([true, false])
    for (const count of [30, 100, 200]) {
      const home = renderHome(
        many(count, () => card({ actions: [action()], quote: { label: 'Q', text: x(3000) } })),
        '/cvd status all',
      )
      expect(checkHome(home, nextId).ok).toBe(true)
    }
  })
})

describe('the limits of what is called', () => {
  let slack: SlackEmulator
  beforeAll(async () => {
    slack = await workspace({
      users: [{ id: ANA, name: 'ana' }, ...many(150, (index) => ({ id: `U${index}`, name: `u${index}` }))],
    })
  })
  afterAll(() => slack.close())
  const client = () => slackClient({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl, log: recordingLog() })
  const answered = (call: Promise<unknown>) =>
    call.then(
      () => true,
      () => false,
    )
  const channel = async (name: string) =>
    (await client().conversations.create({ name, is_private: true })).channel?.id ?? ''

  it('a channel’s name has 80 characters', async () => {
    const create = (length: number) => answered(client().conversations.create({ name: x(length), is_private: true }))
    expect(await create(limits.CHANNEL_NAME_MAX)).toBe(true)
    expect(await create(limits.CHANNEL_NAME_MAX + 1)).toBe(false)
  })

  it('a hundred people are invited at once', async () => {
    const id = await channel('many')
    const invite = (from: number, count: number) =>
      answered(client().conversations.invite({ channel: id, users: many(count, (n) => `U${from + n}`).join(',') }))
    expect(await invite(0, limits.INVITEES_MAX + 1)).toBe(false)
    expect(await invite(0, limits.INVITEES_MAX)).toBe(true)
  })

  it('a topic has 250 characters, and ours fewer', async () => {
    const id = await channel('topic')
    const topic = (length: number) => answered(client().conversations.setTopic({ channel: id, topic: x(length) }))
    expect([await topic(250), await topic(251)]).toEqual([true, false])
  })

  it('blocks are accepted up to the maximum of a message, and a card stays below it', async () => {
    const id = await channel('size')
    const posts = (length: number) => {
      const blocks = many(4, () => ({
        type: 'section' as const,
        text: { type: 'plain_text' as const, text: x(length) },
      }))
      return answered(client().chat.postMessage({ channel: id, text: 't', blocks: [...blocks] }))
    }
    expect(await posts(2950)).toBe(true)
    expect(await posts(3000 + 300)).toBe(false)
    const huge = renderCard(
      card({
        lines: many(200, () => [{ text: '"\\'.repeat(400) }]),
        fields: many(30, () => ({ label: x(100), value: [{ text: x(500) }] })),
        quote: { label: 'Report', text: '"\\\n'.repeat(10_000) },
        actions: many(30, () => action({ input: { text: x(1500) } })),
      }),
    ).message
    expect(JSON.stringify(huge.blocks).length).toBeLessThanOrEqual(limits.MESSAGE_BLOCKS_CHARS_MAX)
    expect(await answered(client().chat.postMessage({ channel: id, ...huge }))).toBe(true)
  })
})
