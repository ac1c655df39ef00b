import { describe, expect, it } from 'vitest'
import type { Component } from '../check/components.ts'
import { renderMessage } from './message.ts'

const names: Readonly<Record<string, string>> = { '5': 'ana', '7': 'security', '9': 'general' }
const render = (message: Partial<Parameters<typeof renderMessage>[0]>): string =>
  renderMessage({ content: '', embeds: [], components: [], attachments: [], flags: 0, ...message }, (id) => names[id])

const file = { id: '1', filename: 'a.txt', description: undefined, contentType: 'text/plain', bytes: Buffer.from('') }

describe('a message as text', () => {
  it('shows names for ids, and no backslashes', () => {
    expect(render({ content: String.raw`<@5> of <@&7> in <#9>: \*so\* it\_is` })).toBe(
      '@ana of @security in #general: *so* it_is',
    )
  })

  it.each([
    ['a code span', '`a\\_b <@5>` <@5>', '`a\\_b <@5>` @ana'],
    ['a fence', '```\n<@5> \\*\n``` \\*', '```\n<@5> \\*\n``` *'],
    ['a longer span', '``a ` b\\*`` \\*', '``a ` b\\*`` *'],
    ['an escaped mention', String.raw`\<@5>`, '<@5>'],
    ['escaped backticks', '\\`a\\_b\\`', '`a_b`'],
  ])('does not change the text in %s', (_, content, expected) => {
    expect(render({ content })).toBe(expected)
  })

  // https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
  it.each([
    ['<t:1618953630>', '20 April 2021 21:20'],
    ['<t:1618953630:t>', '21:20'],
    ['<t:1618953630:T>', '21:20:30'],
    ['<t:1618953630:d>', '20/04/2021'],
    ['<t:1618953630:D>', '20 April 2021'],
    ['<t:1618953630:f>', '20 April 2021 21:20'],
    ['<t:1618953630:F>', 'Tuesday, 20 April 2021 21:20'],
    ['`<t:1618953630:F>`', '`<t:1618953630:F>`'],
  ])('shows %s written out', (content, expected) => {
    expect(render({ content })).toBe(expected)
  })

  it('shows plain text in the footer of an embed', () => {
    expect(render({ embeds: [{ title: String.raw`a\_b`, footer: { text: String.raw`a\_b` } }] })).toBe(
      `┃ a_b\n┃ ${String.raw`a\_b`}`,
    )
  })

  it('shows its content, its embeds, its buttons and its files', () => {
    const embed = {
      title: 'SEC-2026-0001',
      description: 'Somebody\nreported',
      fields: [{ name: 'State', value: 'new', inline: false }],
      footer: { text: 'page 1' },
    }
    const components: Component[] = [
      {
        type: 1,
        components: [
          { type: 2, style: 1, label: 'Acknowledge', custom_id: 'a' },
          { type: 2, style: 2, label: 'Later', custom_id: 'b', disabled: true },
        ],
      },
      {
        type: 1,
        components: [{ type: 3, custom_id: 'c', placeholder: 'A gate', options: [{ label: 'x', value: 'x' }] }],
      },
    ]
    expect(render({ content: 'Look', embeds: [embed], components, attachments: [file] })).toMatchInlineSnapshot(`
      "Look
      ┃ SEC-2026-0001
      ┃ Somebody
      ┃ reported
      ┃ State: new
      ┃ page 1
      [ Acknowledge ] ( Later )
      [ A gate ▾ ]
      (file: a.txt)"
    `)
  })

  it('shows components of the newer kind in their box', () => {
    const components: Component[] = [
      {
        type: 17,
        components: [
          { type: 10, content: 'Title' },
          { type: 14 },
          {
            type: 9,
            components: [{ type: 10, content: 'One' }],
            accessory: { type: 2, style: 1, label: 'Go', custom_id: 'g' },
          },
          { type: 13, file: { url: 'attachment://a.txt' } },
          { type: 12, items: [{ media: { url: 'https://example.org/x.png' } }] },
        ],
      },
    ]
    expect(render({ components })).toMatchInlineSnapshot(`
      "┃ Title
      ┃ ────
      ┃ One [ Go ]
      ┃ (file: a.txt)
      ┃ (picture: https://example.org/x.png)"
    `)
  })

  it('hides suppressed embeds, and shows that the app is thinking', () => {
    expect(render({ content: 'x', embeds: [{ title: 'Card' }], flags: 4 })).toBe('x')
    expect(render({ flags: 128 })).toBe('thinking…')
  })
})
