import { renderPlain } from '@embargo/chat'
import { instant } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import {
  ACTIONS_ELEMENTS_MAX,
  BUTTON_LABEL_MAX,
  BUTTON_VALUE_MAX,
  CONFIRM_TEXT_MAX,
  HEADER_TEXT_MAX,
  MESSAGE_BLOCKS_CHARS_MAX,
  MESSAGE_BLOCKS_MAX,
  SECTION_TEXT_MAX,
} from '../limits.ts'
import { readButton } from './button.ts'
import { renderCard } from './card.ts'
import { card } from '../../test/cards.ts'

const messageOf = (drawn: Card) => renderCard(drawn).message
const sent = (drawn: Card): string => JSON.stringify(renderCard(drawn).message.blocks)
const action = (more: Partial<Action> = {}): Action => ({ label: 'Acknowledge', verb: 'ack', input: {}, ...more })
const buttonsOf = (drawn: Card) =>
  renderCard(drawn).message.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))

describe('a card on Slack', () => {
  it('mentions only the people who are asked to act, and names only the case in the notification', () => {
    const asked = card({ lines: [[{ text: '<@U0EVIL> <!channel>', hostile: true }]] })
    const { text, blocks } = renderCard(asked, undefined, ['U0BEN']).message
    expect(text).toBe('SEC-2026-0042 · high')
    expect(blocks[0]).toEqual({
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'user', user_id: 'U0BEN' },
            { type: 'text', text: ' ' },
          ],
        },
      ],
    })
    expect(JSON.stringify(blocks).match(/"type":"(?:user|usergroup|broadcast)"/g)).toHaveLength(1)
  })

  it('has working links where they are ours, and none where the text came from outside', () => {
    const link = 'https://quillmark.example/advisories/1.md'
    const drawn = card({ lines: [[{ text: `Read ${link}.` }], [{ text: link, hostile: true }]] })
    expect(sent(drawn)).toContain(
      `{"type":"text","text":"Read "},{"type":"link","url":"${link}"},{"type":"text","text":"."}`,
    )
    expect(sent(drawn).match(/"type":"link"/g)).toHaveLength(1)
  })

  it('is a header, rich text and buttons', () => {
    const drawn = card({
      fields: [{ label: 'Next', value: [{ text: 'Ana', style: 'strong' }, { text: ': submit the patch' }] }],
      actions: [action({ style: 'primary' })],
    })
    expect(renderCard(drawn).message).toEqual({
      text: 'SEC-2026-0042 · high',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'SEC-2026-0042 · fixing · high', emoji: false } },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'Next  ', style: { bold: true } },
                { type: 'text', text: 'Ana', style: { bold: true } },
                { type: 'text', text: ': submit the patch' },
                { type: 'text', text: '\n' },
                { type: 'text', text: 'Ana acknowledged.' },
              ],
            },
          ],
        },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'embargo:0:ack',
              text: { type: 'plain_text', text: 'Acknowledge', emoji: false },
              value: '{"verb":"ack","input":{}}',
              style: 'primary',
            },
          ],
        },
      ],
    })
  })

  it('lets Slack show a time in each reader’s time zone, and how far away it is', () => {
    const at = { instant: instant(Date.UTC(2026, 5, 2, 14, 0)), distance: 'in 6 days' }
    const text = 'Tue 2 Jun 2026, 14:00 UTC'
    const dates = renderCard(
      card({
        lines: [
          [
            { text, at },
            { text, at: { instant: at.instant } },
            { text, at: { ...at, alone: true } },
          ],
        ],
      }),
    ).message.blocks.flatMap((block) =>
      block.type === 'rich_text'
        ? block.elements.flatMap(({ elements }) => elements.filter((element) => element.type === 'date'))
        : [],
    )
    expect(dates).toEqual([
      {
        type: 'date',
        timestamp: 1780408800,
        format: '{date_short_pretty}, {time} ({ago})',
        fallback: 'Tue 2 Jun 2026, 14:00 UTC (in 6 days)',
      },
      { type: 'date', timestamp: 1780408800, format: '{date_short_pretty}, {time}', fallback: text },
      { type: 'date', timestamp: 1780408800, format: '{ago}', fallback: 'in 6 days' },
    ])
  })

  it('shows only the notification on a lock screen, never the content', () => {
    const { text } = messageOf(
      card({
        title: 'secretword',
        lines: [[{ text: 'secretword' }]],
        fallback: 'secretword',
        notification: '<!channel>',
      }),
    )
    expect(text).toBe('&lt;!channel&gt;')
    expect(renderCard(card({ notification: ' ' })).message.text).toBe('Embargo')
  })

  it.each(['https://evil.example', '<!channel>', '@here', '<@U0ANA>', '*bold* _it_ `code`', '\u202Eabc'])(
    'keeps %s from outside harmless wherever it stands',
    (hostile) => {
      const drawn = sent(
        card({
          lines: [[{ text: hostile, hostile: true }]],
          quote: { label: 'Report', text: hostile },
          attachments: [{ name: hostile, type: hostile, bytes: 2048, sha256: 'ab'.repeat(32) }],
        }),
      )
      expect(drawn).not.toMatch(/https:\/\/|<!|<@|@here|\u202E|mrkdwn/)
    },
  )

  it('has no element that Slack reads as markup', () => {
    expect(
      sent(card({ quote: { label: 'Report', text: '*x*' }, actions: [action({ confirm: '*sure*' })] })),
    ).not.toContain('mrkdwn')
  })

  it('names an attachment by size, type and hash', () => {
    expect(
      sent(card({ attachments: [{ name: 'poc.c', type: 'text/x-c', bytes: 2048, sha256: 'ab'.repeat(32) }] })),
    ).toContain('text/x-c · 2.0 KiB · SHA-256 ')
  })

  it('says how many attachments and lines are left out', () => {
    const many = { name: 'a', type: 'b', bytes: 1, sha256: 'ab'.repeat(32) }
    const drawn = sent(
      card({
        attachments: Array.from({ length: 13 }, () => many),
        lines: Array.from({ length: 81 }, () => [{ text: 'x' }]),
      }),
    )
    expect(drawn).toContain('… and 3 more attachments')
    expect(drawn).toContain('… and 1 more line"')
  })

  it('shows the longest quote that fits in one section, and a longer one in two', () => {
    const sections = (length: number) =>
      renderCard(card({ quote: { label: 'Report', text: 'x'.repeat(length) } })).message.blocks.filter(
        (block) => block.type === 'section',
      )
    expect(sections(SECTION_TEXT_MAX)).toHaveLength(1)
    expect(sections(SECTION_TEXT_MAX + 1)).toHaveLength(2)
  })

  it('attaches a text that people paste elsewhere, with its links and addresses unchanged', () => {
    const text = 'See https://quillmark.example/1, or ask ana@quillmark.example.'
    const { files } = renderCard(card({ quote: { label: 'Text', text, verbatim: true } }))
    expect(files).toEqual([{ name: expect.stringMatching(/^text-[0-9a-f]+\.txt$/u), text }])
  })

  it('cuts a quote at its end and says by how much', () => {
    const drawn = renderCard(card({ quote: { label: 'Report', text: `begin ${'word '.repeat(4000)}end` } }))
    const text = JSON.stringify(drawn.message.blocks)
    expect(text).toContain('begin word')
    expect(text).toMatch(/Report · \d+ more characters are stored with the case/)
    expect(text.length).toBeLessThanOrEqual(MESSAGE_BLOCKS_CHARS_MAX)
  })

  it.each([
    ['long lines', card({ lines: Array.from({ length: 60 }, () => [{ text: 'x'.repeat(5000) }]) })],
    [
      'long fields',
      card({ fields: Array.from({ length: 60 }, () => ({ label: 'Field', value: [{ text: '"'.repeat(5000) }] })) }),
    ],
    ['text that grows when it is sent', card({ quote: { label: 'Report', text: '"\\\n'.repeat(9000) } })],
    [
      'everything at once',
      card({
        title: 'x'.repeat(999),
        lines: Array.from({ length: 60 }, () => [{ text: 'é"'.repeat(900) }]),
        quote: { label: 'Report', text: '\n'.repeat(50) + '"'.repeat(90_000) },
        actions: Array.from({ length: 5 }, () => action({ input: { a: 'x'.repeat(500) } })),
      }),
    ],
  ])('stays within what Slack takes: %s', (_what, drawn) => {
    const { blocks } = renderCard(drawn).message
    expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(MESSAGE_BLOCKS_CHARS_MAX)
    expect(blocks.length).toBeLessThanOrEqual(MESSAGE_BLOCKS_MAX)
  })

  it('cuts only titles that are too long', () => {
    const title = (length: number) => renderCard(card({ title: 'x'.repeat(length) })).message.blocks[0]
    expect(title(HEADER_TEXT_MAX)).toMatchObject({ text: { text: 'x'.repeat(HEADER_TEXT_MAX) } })
    expect(title(HEADER_TEXT_MAX + 1)).toMatchObject({ text: { text: `${'x'.repeat(HEADER_TEXT_MAX - 1)}…` } })
  })

  it('always has at least one block', () => {
    expect(renderCard(card({ title: '', lines: [], fallback: '' })).message.blocks).toHaveLength(1)
  })
})

describe('a button', () => {
  const fitting = (length: number): Action =>
    action({ input: { t: 'x'.repeat(length - JSON.stringify({ verb: 'ack', input: { t: '' } }).length) } })

  it('carries the longest input that Slack accepts, and shows a longer one as a command to type', () => {
    expect(buttonsOf(card({ actions: [fitting(BUTTON_VALUE_MAX)] }))).toHaveLength(1)
    expect(buttonsOf(card({ actions: [fitting(BUTTON_VALUE_MAX + 1)] }))).toHaveLength(0)
    expect(sent(card({ actions: [fitting(BUTTON_VALUE_MAX + 1)] }))).toContain('To type instead: ack')
  })

  it('cuts its label and its question, and asks before something that cannot be undone', () => {
    const [button] = buttonsOf(
      card({
        actions: [
          action({
            label: 'x'.repeat(BUTTON_LABEL_MAX + 1),
            confirm: 'y'.repeat(CONFIRM_TEXT_MAX + 1),
            style: 'danger',
          }),
        ],
      }),
    )
    expect(button).toMatchObject({
      text: { text: `${'x'.repeat(BUTTON_LABEL_MAX - 1)}…` },
      confirm: { text: { text: `${'y'.repeat(CONFIRM_TEXT_MAX - 1)}…` }, deny: { text: 'Not now' }, style: 'danger' },
    })
  })

  it('is one of at most twenty-five', () => {
    expect(buttonsOf(card({ actions: Array.from({ length: 30 }, () => action()) }))).toHaveLength(ACTIONS_ELEMENTS_MAX)
  })

  it('is read back as it was written, and nothing else is', () => {
    const [button] = buttonsOf(card({ actions: [action({ input: { report: 'r1' }, form: true })] }))
    expect(button !== undefined && 'value' in button ? readButton(button.value) : undefined).toEqual({
      verb: 'ack',
      input: { report: 'r1' },
      form: true,
    })
    for (const forged of [
      '',
      '{',
      '{}',
      '{"verb":"ack"}',
      '{"verb":"ack","input":{"a":1}}',
      '{"verb":"ack","input":{},"actor":"U1"}',
    ]) {
      expect(readButton(forged)).toBeUndefined()
    }
  })

  it('shows the closing remarks in small print, before a long text', () => {
    const { blocks } = messageOf(
      card({
        lines: [
          [{ text: 'first', style: 'faint' }],
          [{ text: 'told' }],
          [
            { text: 'More in ', style: 'faint' },
            { text: '/cvd help', style: 'faint' },
          ],
        ],
        quote: { label: 'The report', text: 'text' },
      }),
    )
    expect(blocks.map((block) => block.type)).toEqual(['header', 'rich_text', 'context', 'context', 'section'])
    expect(blocks[2]).toEqual({
      type: 'context',
      elements: [{ type: 'plain_text', text: 'More in /cvd help', emoji: false }],
    })
  })

  describe('that leaves something out', () => {
    it.each([
      ['the end of a text from outside', { quote: { label: 'Report', text: 'word '.repeat(5000) } }],
      ['lines', { lines: Array.from({ length: 81 }, (_, index) => [{ text: `line ${index}` }]) }],
      ['the end of a line', { lines: [[{ text: 'x'.repeat(1501) }]] }],
      ['fields', { fields: Array.from({ length: 21 }, () => ({ label: 'l', value: [{ text: 'v' }] })) }],
    ] as const)('has it whole beside it as a file: %s', (_what, more) => {
      const drawn = card(more)
      const name = expect.stringMatching(/^status-[0-9a-f]{8}\.txt$/)
      expect(renderCard(drawn).files).toEqual([{ name, text: renderPlain(drawn) }])
    })

    it('derives the file’s name from the text that is left out, and not from the rest of the card', () => {
      const nameOf = (title: string, text: string) => renderCard(card({ title, lines: [[{ text }]] })).files[0]?.name
      const long = 'x'.repeat(1501)
      expect(nameOf('ready', long)).toBe(nameOf('fixing', long))
      expect(nameOf('ready', `${long}y`)).not.toBe(nameOf('ready', long))
    })

    it('and one that does not has none', () => {
      expect(renderCard(card({ quote: { label: 'Report', text: 'short' } })).files).toEqual([])
    })
  })
})
