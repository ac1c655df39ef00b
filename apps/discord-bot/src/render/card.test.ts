import { instant } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { ButtonStyle, ComponentType } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { card } from '../../test/cards.ts'
import {
  BUTTON_LABEL_MAX,
  EMBED_DESCRIPTION_MAX,
  EMBED_TITLE_MAX,
  EMBEDS_CHARS_MAX,
  NOTIFICATION_MAX,
  QUOTE_SHOWN_MAX,
} from '../limits.ts'
import { BUTTONS_MAX } from './button.ts'
import type { DrawnCard } from './card.ts'
import { renderCard } from './card.ts'

const sizeOf = ({ message }: DrawnCard): number =>
  message.embeds.reduce(
    (sum, { title = '', description = '', footer }) =>
      sum + title.length + description.length + (footer?.text.length ?? 0),
    0,
  )
const action = (more: Partial<Action> = {}): Action => ({ label: 'Acknowledge', verb: 'ack', input: {}, ...more })
const buttonsOf = (more: Partial<Card>) =>
  renderCard(card(more))
    .message.components.flatMap(({ components }) => [...components])
    .filter((each) => each.type === ComponentType.Button)

describe('a card in Discord', () => {
  it('is an embed with its title, its lines and its buttons, and mentions nobody', () => {
    const { message, files } = renderCard(
      card({
        title: 'SEC-2026-0042 · fixing · high',
        fields: [{ label: 'Next', value: [{ text: 'Ana: submit the patch' }] }],
        lines: [[{ text: 'Waiting on ' }, { text: 'Nora', style: 'strong' }, { text: ' for days', style: 'faint' }]],
        actions: [
          action({ style: 'primary', input: { case: 'SEC-2026-0042' } }),
          action({ label: 'Spam', verb: 'triage', style: 'danger' }),
        ],
      }),
      { mark: 'ref 0123' },
    )
    expect(message).toEqual({
      content: 'SEC-2026-0042 · high',
      embeds: [
        {
          title: 'SEC-2026-0042 · fixing · high',
          description: '**Next**  Ana: submit the patch\nWaiting on **Nora** *for days*',
          color: 0x8a_93_9c,
          footer: { text: 'ref 0123' },
        },
      ],
      components: [
        {
          type: 1,
          components: [
            { type: 2, style: ButtonStyle.Primary, label: 'Acknowledge', custom_id: 'b0=ack?case=SEC-2026-0042' },
            { type: 2, style: ButtonStyle.Danger, label: 'Spam', custom_id: 'b1=triage?' },
          ],
        },
      ],
      allowed_mentions: { parse: [] },
    })
    expect(files).toEqual([])
  })

  it('mentions only the people who are asked to act, and names only the case in the notification', () => {
    const hostile = card({
      title: '@everyone <@123456789012345678>',
      lines: [[{ text: '<@&7> @here', hostile: true }]],
    })
    const { message } = renderCard(hostile, { called: ['200000000000000001'] })
    expect(message.content).toBe('<@200000000000000001> SEC-2026-0042 · high')
    expect(message.allowed_mentions).toEqual({ parse: [], users: ['200000000000000001'] })
  })

  it('shows side remarks in small print', () => {
    const lines = [
      [
        { text: 'More in ', style: 'faint' as const },
        { text: '/help_all', style: 'faint' as const },
      ],
    ]
    expect(renderCard(card({ lines })).message.embeds[0]?.description).toBe('-# More in /help\\_all')
  })

  it('lets Discord show a time in each reader’s time zone, and how far away it is', () => {
    const at = { instant: instant(Date.UTC(2026, 6, 14, 14)), distance: 'in 6 days' } as const
    const text = 'Tue 14 Jul 2026, 14:00 UTC'
    const { message } = renderCard(
      card({ lines: [[{ text, at }, { text: ' ' }, { text, at: { ...at, alone: true } }]] }),
    )
    expect(message.embeds[0]?.description).toBe('<t:1784037600:f> (<t:1784037600:R>) <t:1784037600:R>')
  })

  it('shows a report between fences, and attaches a long one as a file', () => {
    const short = renderCard(card({ quote: { label: 'The report', text: 'Look:\n```\n# @everyone' } }))
    expect(short.message.embeds[1]).toMatchObject({
      title: 'The report',
      description: '```\nLook:\n`\u200B`\u200B`\n# @\u200Beveryone\n```',
    })
    expect(short.files).toEqual([])
    const long = renderCard(card({ kind: 'report', quote: { label: 'The report', text: 'word '.repeat(1000).trim() } }))
    expect(long.message.embeds[1]?.title).toMatch(/^The report · \d+ more characters in the attached file$/)
    expect(long.files).toEqual([{ name: 'report.txt', text: expect.stringContaining('word '.repeat(999)) }])
  })

  it('escapes text from outside and text of ours', () => {
    const { message } = renderCard(
      card({
        title: 'a *title*',
        lines: [[{ text: '# <@1> [x](https://evil.example)', hostile: true }], [{ text: '- assign_patch' }]],
        attachments: [{ name: '`||x||`.txt', type: 'text/*', bytes: 12, sha256: 'ab' }],
      }),
    )
    expect(message.embeds[0]?.title).toBe('a \\*title\\*')
    expect(message.embeds[0]?.description?.split('\n')).toEqual([
      '\\# \\<@\u200B1\\> \\[x\\](hxxps://evil.example)',
      '\\- assign\\_patch',
      '📎 **\\`\\|\\|x\\|\\|\\`.txt** · 12 bytes · text/\\* · sha256 `ab`',
    ])
  })

  it.each<readonly [string, number, (length: number) => number | undefined]>([
    [
      'the notification',
      NOTIFICATION_MAX,
      (length) => renderCard(card({ notification: 'x'.repeat(length) })).message.content.length,
    ],
    [
      'the title',
      EMBED_TITLE_MAX,
      (length) => renderCard(card({ title: 'x'.repeat(length) })).message.embeds[0]?.title?.length,
    ],
    [
      'a button',
      BUTTON_LABEL_MAX,
      (length) => buttonsOf({ actions: [action({ label: 'x'.repeat(length) })] })[0]?.label?.length,
    ],
  ])('shows %s in full up to its limit, and shortens it beyond the limit', (_what, most, drawn) => {
    expect(drawn(most)).toBe(most)
    expect(drawn(most + 1)).toBe(most)
  })

  it('shows a quote in the channel up to the limit, and attaches a longer quote as a file', () => {
    const quoted = (length: number) => renderCard(card({ quote: { label: 'The mail', text: 'x'.repeat(length) } }))
    expect(quoted(QUOTE_SHOWN_MAX).files).toEqual([])
    expect(quoted(QUOTE_SHOWN_MAX + 1).files).toHaveLength(1)
    expect(quoted(QUOTE_SHOWN_MAX).message.embeds[1]?.title).toBe('The mail')
  })

  it('attaches a text that people paste elsewhere, with its links and addresses unchanged', () => {
    const text = 'See https://quillmark.example/1, or ask ana@quillmark.example.'
    expect(renderCard(card({ quote: { label: 'Text', text, verbatim: true } })).files).toEqual([
      { name: 'text.txt', text },
    ])
  })

  it('has as many buttons as Discord accepts, and shows the rest as commands to type', () => {
    const many = (count: number) => renderCard(card({ actions: Array.from({ length: count }, () => action()) })).message
    expect(many(BUTTONS_MAX).components.map((row) => row.components.length)).toEqual([5, 5, 5, 5, 5])
    expect(many(BUTTONS_MAX).embeds[0]?.description).not.toContain('To type')
    expect(many(BUTTONS_MAX + 1).components).toHaveLength(5)
    expect(many(BUTTONS_MAX + 1).embeds[0]?.description).toContain('-# To type instead: /ack')
  })

  it('shows several choices of one kind as a menu, whose choices work like buttons', () => {
    const [menu, buttons, ...more] = renderCard(
      card({
        actions: [
          action({ label: 'Look at A1', verb: 'approve', input: { approval: 'a1' }, among: 'Which one?' }),
          action(),
          action({ label: 'Look at A2', verb: 'approve', input: { approval: 'a2' }, among: 'Which one?' }),
        ],
      }),
    ).message.components
    expect(more).toEqual([])
    expect(buttons?.components).toMatchObject([{ label: 'Acknowledge', custom_id: 'b1=ack?' }])
    expect(menu?.components).toEqual([
      {
        type: 3,
        custom_id: 'choose0',
        placeholder: 'Which one?',
        options: [
          { label: 'Look at A1', value: 'b0=approve?approval=a1' },
          { label: 'Look at A2', value: 'b2=approve?approval=a2' },
        ],
      },
    ])
  })

  it('draws a single choice as a button', () => {
    expect(buttonsOf({ actions: [action({ among: 'Which one?' })] })).toMatchObject([{ type: 2, custom_id: 'b0=ack?' }])
  })

  it('shows a command to type if the content of the button cannot be stored', () => {
    const long = card({ actions: [action({ verb: 'disclose', input: { reason: 'x'.repeat(200) } })] })
    const { message } = renderCard(long, { keyFor: () => undefined })
    expect(message.components).toEqual([])
    expect(message.embeds[0]?.description).toContain('-# To type instead: /disclose')
  })

  const line = (length: number) => [{ text: 'y'.repeat(length) }]
  it.each<readonly [string, Partial<Card>]>([
    ['many lines', { lines: Array.from({ length: 500 }, () => line(400)) }],
    ['one huge line', { lines: [line(200_000)] }],
    ['lines full of marks', { lines: Array.from({ length: 60 }, () => [{ text: '*_`|'.repeat(500), hostile: true }]) }],
    ['many fields', { fields: Array.from({ length: 100 }, (_, index) => ({ label: `${index}`, value: line(2000) })) }],
    [
      'a long quote beside long lines',
      { lines: Array.from({ length: 40 }, () => line(90)), quote: { label: 'q', text: '`'.repeat(12_000) } },
    ],
    [
      'attachments without end',
      {
        attachments: Array.from({ length: 500 }, () => ({
          name: 'n'.repeat(500),
          type: 't'.repeat(500),
          bytes: 1,
          sha256: 'f'.repeat(64),
        })),
      },
    ],
    [
      'all at once',
      {
        title: '*'.repeat(900),
        fields: Array.from({ length: 30 }, () => ({ label: 'l'.repeat(80), value: line(900) })),
        lines: Array.from({ length: 90 }, () => line(900)),
        quote: { label: '_'.repeat(400), text: 'https://a.example/ '.repeat(900) },
        actions: Array.from({ length: 40 }, () => action({ verb: 'x'.repeat(60), input: { a: 'b'.repeat(300) } })),
      },
    ],
  ])('fits into a message with %s, and the full text is attached', (_what, more) => {
    for (const keyFor of [undefined, () => undefined]) {
      const drawn = renderCard(card(more), {
        mark: `ref ${'0'.repeat(16)}`,
        ...(keyFor === undefined ? {} : { keyFor }),
      })
      expect(sizeOf(drawn)).toBeLessThanOrEqual(EMBEDS_CHARS_MAX)
      for (const embed of drawn.message.embeds) {
        expect(embed.description?.length ?? 0).toBeLessThanOrEqual(EMBED_DESCRIPTION_MAX)
        expect(embed.title?.length ?? 0).toBeLessThanOrEqual(EMBED_TITLE_MAX)
      }
      expect(drawn.files).toHaveLength(1)
    }
  })

  it('is never empty', () => {
    expect(renderCard(card({ title: '', lines: [], fallback: '' })).message.embeds).toEqual([
      { description: '–', color: 0x8a_93_9c },
    ])
  })
})
