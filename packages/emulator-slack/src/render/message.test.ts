import { describe, expect, it } from 'vitest'
import type { Block } from '../blocks/blocks.ts'
import { renderMessage, renderView } from './message.ts'

const names: Readonly<Record<string, string>> = { U1: 'ana', C1: 'sec-1', S1: 'security' }
const nameOf = (id: string): string | undefined => names[id]
const plain = (text: string) => ({ type: 'plain_text', text }) as const
const markdown = (text: string) => ({ type: 'mrkdwn', text }) as const

describe('a message as text', () => {
  it.each([
    ['<@U1> in <#C1|old> with <!subteam^S1>', '@ana in #sec-1 with @security'],
    ['<@U9|someone> <!here>', '@someone @here'],
    ['<https://example.org|the page> <https://example.org>', 'the page (https://example.org) https://example.org'],
    ['<!date^1780322400^{date}|2 Jun 2026>', '2 Jun 2026'],
    ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
    ['&amp;lt;', '&lt;'],
  ])('shows %j as %j', (text, shown) => {
    expect(renderMessage({ text, blocks: [] }, nameOf)).toBe(shown)
  })

  it('shows the blocks and not the notification text', () => {
    const blocks: Block[] = [
      { type: 'header', text: plain('SEC-2026-0042 · fixing · high') },
      { type: 'section', fields: [markdown('*Next*'), markdown('<@U1>'), markdown('two\nlines')] },
      { type: 'divider' },
      { type: 'context', elements: [markdown('more in /cvd help'), plain('v1')] },
      {
        type: 'actions',
        elements: [
          { type: 'button', text: plain('Status') },
          { type: 'static_select', placeholder: plain('Pick'), options: [{ text: plain('A'), value: 'a' }] },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a <\nb' }] },
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
          },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'said' }] },
        ],
      },
    ]
    expect(renderMessage({ text: 'notification', blocks }, nameOf)).toBe(
      [
        'SEC-2026-0042 · fixing · high',
        `${'*Next*'.padEnd(40)}@ana`,
        'two',
        'lines',
        '─'.repeat(40),
        'more in /cvd help  v1',
        '[ Status ] [ Pick ▾ ]',
        '    a <',
        '    b',
        '• @ana',
        '> said',
      ].join('\n'),
    )
  })

  it('shows a modal with its inputs and buttons', () => {
    const view = renderView({
      type: 'modal',
      title: plain('Reply'),
      submit: plain('Send'),
      blocks: [
        { type: 'input', label: plain('Text'), element: { type: 'plain_text_input', initial_value: 'Dear' } },
        { type: 'input', optional: true, label: plain('Day'), element: { type: 'datepicker' }, hint: plain('UTC') },
      ],
    })
    expect(view).toBe(
      ['── Reply ──', 'Text: [ Dear ]', 'Day (optional): [ Choose a date ▾ ]', '  UTC', '[ Cancel ] [ Send ]'].join(
        '\n',
      ),
    )
  })
})
