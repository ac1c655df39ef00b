import { renderPlain, renderTerminal } from '@embargo/chat'
import { renderCard as renderDiscord } from '@embargo/discord-bot'
import type { Card } from '@embargo/engine'
import { renderCard as renderSlack } from '@embargo/slack-bot'
import { describe, expect, it } from 'vitest'
import { ATTACKS, outsideOf } from '../packages/chat/test/fixtures/attacks.ts'
import { PUBLIC_LINK } from '../packages/chat/test/fixtures/gallery-publication.ts'
import { gallery } from '../packages/chat/test/fixtures/gallery.ts'

/**
 * Characters that no text may contain: control characters, direction marks, zero-width characters, fillers, variation
 * selectors and tags. The zero-width space is allowed where we add it ourselves: at the start of a text, and after an
 * @, < or backtick.
 */
const UNSEEN = new RegExp(
  [
    String.raw`[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200C-\u200F]`,
    String.raw`[\u202A-\u202E\u2028\u2029\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]`,
    String.raw`\u034F|[\u180B-\u180D\u180F]|[\uFE00-\uFE0F]|[\u{E0000}-\u{E0FFF}]`,
    '(?<!^|[@<`])\\u200B',
  ].join('|'),
  'u',
)
/** More combining marks on one letter than any script has. So many marks would cover the lines above and below. */
const PILE = /\p{M}{9}/u
/** Links that a terminal or a mail reader opens. */
const LINK = /(?:https?|ftp|slack|discord|steam):\/\/|\b(?:mailto|tel|javascript|data):(?=\S)|\bwww\./i
/** Links that a chat client opens, including a bare host followed by a path. */
const CHAT_LINK = new RegExp(String.raw`${LINK.source}|[a-z0-9-]\.[a-z]{2,24}\/`, 'i')

const deceives = (text: string): readonly string[] => [
  ...(UNSEEN.test(text.replaceAll('\n', '')) ? [`an unseen character: ${JSON.stringify(text.slice(0, 80))}`] : []),
  ...(PILE.test(text) ? [`a pile of marks: ${JSON.stringify(text.slice(0, 20))}`] : []),
]

const withoutOurLink = (text: string): string => text.replaceAll(PUBLIC_LINK, '')

/** Every object within a value, at any depth. */
function* objectsIn(value: unknown): Iterable<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Record<string, unknown>
  for (const inner of Object.values(value)) yield* objectsIn(inner)
}

/**
 * The types of Slack's elements that can be clicked, notify people or load something. A person's text must not become
 * such an element.
 */
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
/** A line that looks like one of Embargo's own lines. In a quote, such a line is allowed. */
const OURS = /^(?:SEC-2026-0042 · Ana approved|Ana approved)/m

const LEAVES_AS_IT_IS: ReadonlySet<string> = new Set(['value', 'action_id'])

function textsIn(value: unknown, name = ''): readonly string[] {
  if (typeof value === 'string') return LEAVES_AS_IT_IS.has(name) ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([inner, each]) => textsIn(each, Array.isArray(value) ? name : inner))
}

function firesOnSlack(card: Card): readonly string[] {
  const { text, blocks } = renderSlack(card).message
  const shown = textsIn(blocks).map(withoutOurLink)
  return [
    ...[...objectsIn(blocks)].flatMap(({ type, url }) =>
      SLACK_FIRES.includes(String(type)) && url !== PUBLIC_LINK ? [`an element ${String(type)}`] : [],
    ),
    ...(/[<>]|&(?!amp;|lt;|gt;)/.test(text) ? ['the notification is marked up'] : []),
    ...(blocks.some((block) => block.type === 'rich_text' && textsIn(block).some((each) => OURS.test(each)))
      ? ['a line of ours']
      : []),
    ...shown.flatMap((each) => [
      ...(CHAT_LINK.test(each) ? [`a link: ${each.slice(0, 80)}`] : []),
      ...(/<(?:@[UW]|#C|!)/.test(each) ? [`a mark: ${each.slice(0, 80)}`] : []),
      ...(/@(?:everyone|here|channel)\b/.test(each) ? [`a mention: ${each.slice(0, 80)}`] : []),
      ...deceives(each),
    ]),
  ]
}

/** The part of a text that Discord interprets: everything except code and escaped characters. */
const readByDiscord = (text: string): string =>
  text
    .replaceAll(/```[^]*?```/g, ' ')
    .replaceAll(/\\[^\w\s]/g, ' ')
    .replaceAll(/(`+)[^`]*?\1/g, ' ')

const DISCORD_FIRES: readonly (readonly [string, RegExp])[] = [
  ['a link', CHAT_LINK],
  ['a mention', /<(?:@[!&]?|#)\d+>|@(?:everyone|here)/],
  // Our own cards contain times too, so this searches only for the attacker’s time.
  ['a time', /<t:1780408800/],
  ['a command', /<\/[^>]+:\d+>/],
  ['an emoji', /<a?:\w+:\d+>|(?<!\S):[a-z_]+:/],
  ['a masked link', /\[[^\]]*\]\([^)]*\)/],
  ['a spoiler', /\|\|/],
]

function firesOnDiscord(card: Card): readonly string[] {
  const { message, files } = renderDiscord(card)
  const texts = message.embeds.flatMap(({ title = '', description = '' }) => [title, withoutOurLink(description)])
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
      ...deceives(each),
    ]),
    ...files.flatMap(({ text }) => (LINK.test(text) ? ['a link in a file'] : [])),
  ]
}

/**
 * Removes the lines with commands that a reader can copy and run. A link is allowed there, because these lines must
 * repeat exactly what the reader typed.
 */
const withoutTyped = (text: string): string => text.replaceAll(/^ {2}→ .*$/gm, '')

function firesAsText(text: string): readonly string[] {
  return [
    ...(LINK.test(withoutTyped(withoutOurLink(text))) ? ['a link'] : []),
    ...deceives(text),
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
