import { renderPlain, renderTerminal } from '@embargo/chat'
import { renderCard as renderDiscord } from '@embargo/discord-bot'
import type { Card } from '@embargo/engine'
import { renderCard as renderSlack } from '@embargo/slack-bot'
import { describe, expect, it } from 'vitest'
import { ATTACKS, outsideOf } from '../packages/chat/test/attacks.ts'
import { gallery } from '../packages/chat/test/gallery.ts'

/** What no reader should meet unseen: controls, marks of direction, zero width, tags. A break of ours is one of them. */
const UNSEEN =
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200C-\u200F\u202A-\u202E\u2028\u2029\u2060-\u2069\uFEFF]|[\u{E0000}-\u{E0FFF}]/u
const LINK = /(?:https?|ftp|slack|discord|steam):\/\//i

/** Every object within, with its type. */
function* objectsIn(value: unknown): Iterable<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Record<string, unknown>
  for (const inner of Object.values(value)) yield* objectsIn(inner)
}

/** Everything that a client could press, call, fetch or show of a person's. */
const SLACK_FIRES = [
  'mrkdwn',
  'user',
  'usergroup',
  'channel',
  'broadcast',
  'link',
  'emoji',
  'image',
  'video',
  'team',
  'color',
]
const LEAVES_AS_IT_IS: ReadonlySet<string> = new Set(['value', 'action_id'])

function textsIn(value: unknown, name = ''): readonly string[] {
  if (typeof value === 'string') return LEAVES_AS_IT_IS.has(name) ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([inner, each]) => textsIn(each, Array.isArray(value) ? name : inner))
}

function firesOnSlack(card: Card): readonly string[] {
  const { text, blocks } = renderSlack(card).message
  const shown = textsIn(blocks)
  return [
    ...[...objectsIn(blocks)].flatMap(({ type }) =>
      SLACK_FIRES.includes(String(type)) ? [`an element ${String(type)}`] : [],
    ),
    ...(/[<>]|&(?!amp;|lt;|gt;)/.test(text) ? ['the notification is marked up'] : []),
    ...shown.flatMap((each) => [
      ...(LINK.test(each) ? [`a link: ${each.slice(0, 80)}`] : []),
      ...(/<(?:@[UW]|#C|!)/.test(each) ? [`a mark: ${each.slice(0, 80)}`] : []),
      ...(/@(?:everyone|here|channel)\b/.test(each) ? [`a mention: ${each.slice(0, 80)}`] : []),
      ...(UNSEEN.test(each.replaceAll('\n', '')) ? [`an unseen character: ${JSON.stringify(each.slice(0, 80))}`] : []),
    ]),
  ]
}

/** What Discord still reads: no code, and nothing that a backslash stands before. */
const readByDiscord = (text: string): string =>
  text
    .replaceAll(/```[^]*?```/g, ' ')
    .replaceAll(/\\[^\w\s]/g, ' ')
    .replaceAll(/(`+)[^`]*?\1/g, ' ')

const DISCORD_FIRES: readonly (readonly [string, RegExp])[] = [
  ['a link', LINK],
  ['a mention', /<(?:@[!&]?|#)\d+>|@(?:everyone|here)/],
  // Ours are times too, and others than the attack’s.
  ['a time', /<t:1780408800/],
  ['a command', /<\/[^>]+:\d+>/],
  ['an emoji', /<a?:\w+:\d+>|(?<!\S):[a-z_]+:/],
  ['a masked link', /\[[^\]]*\]\([^)]*\)/],
  ['a spoiler', /\|\|/],
]

function firesOnDiscord(card: Card): readonly string[] {
  const { message, files } = renderDiscord(card)
  const texts = message.embeds.flatMap(({ title = '', description = '' }) => [title, description])
  return [
    ...message.embeds.flatMap((embed) =>
      Object.keys(embed)
        .filter((key) => !['title', 'description', 'color', 'footer'].includes(key))
        .map((key) => `an embed with ${key}`),
    ),
    ...(JSON.stringify(message.allowed_mentions) === '{"parse":[]}' ? [] : ['mentions are allowed']),
    ...(/[<>@]|\]\(/.test(message.content) ? ['the notification is marked up'] : []),
    ...texts.flatMap((each) => [
      ...DISCORD_FIRES.flatMap(([what, pattern]) => {
        const found = pattern.exec(readByDiscord(each))
        return found === null ? [] : [`${what}: ${JSON.stringify(found[0])}`]
      }),
      ...(UNSEEN.test(each.replaceAll('\n', '')) ? [`an unseen character: ${JSON.stringify(each.slice(0, 80))}`] : []),
    ]),
    ...files.flatMap(({ text }) => (LINK.test(text) ? ['a link in a file'] : [])),
  ]
}

/** What a button carries is what its reader typed just now, to be copied and run as it stands. */
const withoutTyped = (text: string): string => text.replaceAll(/^ {2}→ .*$/gm, '')

function firesAsText(text: string): readonly string[] {
  return [
    ...(LINK.test(withoutTyped(text)) ? ['a link'] : []),
    ...(UNSEEN.test(text.replaceAll('\n', '')) ? ['an unseen character'] : []),
    ...(/\u200B/.test(text) ? ['a break of zero width'] : []),
    ...(/^(?:SEC-2026-0042 · Ana approved|Ana approved|\[ Approve \]$)/m.test(text.replace(/\[ Approve \]$/, ''))
      ? ['a line of ours']
      : []),
  ]
}

describe.each(ATTACKS)('a text that tries: $tries', (attack) => {
  it('does nothing on any platform, in any card', async () => {
    const { cards } = await gallery(outsideOf(attack))
    const fired: Record<string, readonly string[]> = {}
    for (const { name, card } of cards) {
      const found = [
        ...firesOnSlack(card).map((each) => `Slack: ${each}`),
        ...firesOnDiscord(card).map((each) => `Discord: ${each}`),
        ...firesAsText(renderTerminal(card, { colour: false })).map((each) => `terminal: ${each}`),
        ...firesAsText(renderPlain(card)).map((each) => `plain: ${each}`),
      ]
      if (found.length > 0) fired[name] = [...new Set(found)]
    }
    expect(fired).toEqual({})
  })
})
