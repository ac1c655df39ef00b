import { createHash } from 'node:crypto'
import type { KeyFor } from '@embargo/bot-kit'
import { cut, plainLine, renderPlain } from '@embargo/chat'
import type { NamedFile } from '@embargo/chat'
import type { Card, Line } from '@embargo/engine'
import { ACTIONS_ELEMENTS_MAX, HEADER_TEXT_MAX, MESSAGE_BLOCKS_CHARS_MAX, NOTIFICATION_MAX } from '../limits.ts'
import { escapeMarkdown } from '../text/hostile.ts'
import type { KnownBlock } from './blocks.ts'
import { plain, sizeOf } from './blocks.ts'
import { button } from './button.ts'
import type { Measure } from './lines.ts'
import { leftOut, linesBlock } from './lines.ts'
import { quoteBlocks } from './quote.ts'

/**
 * A text that is added to a message as a file. The file's name depends on its text, so files with different texts have
 * different names.
 */
export type TextFile = { readonly name: string; readonly text: string }

/** The text as it is uploaded. */
export const asFile = ({ name, text }: TextFile): NamedFile => ({ name, bytes: Buffer.from(text) })

/** A message and, if the message had to leave something out, a file with the whole card. */
export type DrawnCard = { readonly message: SlackMessage; readonly files: readonly TextFile[] }

/** A message in Slack's format. `text` is what a lock screen shows, so it must not contain details of the case. */
export type SlackMessage = { readonly text: string; readonly blocks: KnownBlock[] }

/**
 * Limits on the length of a card, from loose to strict. A card is drawn with the loosest limits that make it fit into a
 * message. Nearly always, the first limits in this list are enough.
 */
const MEASURES: readonly Measure[] = [
  // These limits are large enough for the list of all commands, so a person who asks for that list gets no file.
  { lines: 80, perLine: 1500 },
  { lines: 40, perLine: 1500 },
  { lines: 30, perLine: 300 },
  { lines: 12, perLine: 120 },
]
const LEAST: Measure = { lines: 5, perLine: 60 }
/** The most fields of a card that are shown. Our cards have fewer. Any further fields would be left out. */
const FIELDS_MAX = 20
/**
 * Room for the contents of buttons, which count towards the size of the message. Most have less than a hundred
 * characters.
 */
const BUTTONS_ROOM = 5000
/** Room for small print, which is a line or two. */
const ASIDE_MAX = 500
/** Quoted text has at least this much room, whatever else is in the card. */
const QUOTE_ROOM = 1500

/**
 * Draws a card. Pure. A card that is too long is cut: first the end of the quoted text, then the ends of long lines,
 * then the last lines. Title and buttons remain. If something is left out, the card says so, and a file has everything.
 * `keyFor` gives the key under which the content of a button is stored if it is too long.
 */
export function renderCard(card: Card, keyFor?: KeyFor, called: readonly string[] = []): DrawnCard {
  const text = cut(escapeMarkdown(card.notification.trim()), NOTIFICATION_MAX) || 'Embargo'
  const trimmed: Card = { ...card, fields: card.fields.slice(0, FIELDS_MAX) }
  const room = MESSAGE_BLOCKS_CHARS_MAX - (card.quote === undefined ? 0 : QUOTE_ROOM)
  const measure = [...MEASURES, LEAST].find((each) => sizeOf(frame(trimmed, each, [], keyFor)) <= room) ?? LEAST
  const quoteRoom = MESSAGE_BLOCKS_CHARS_MAX - sizeOf(frame(trimmed, measure, [], keyFor))
  const quote = card.quote === undefined ? { blocks: [], whole: true } : quoteBlocks(card.quote, quoteRoom)
  const others = [
    ...leftOut(trimmed, measure),
    ...card.fields.slice(FIELDS_MAX).map(({ value }) => plainLine(value)),
    ...(quote.whole || card.quote === undefined ? [] : [card.quote.text]),
  ]
  return {
    message: { text, blocks: [...calling(called), ...frame(trimmed, measure, quote.blocks, keyFor)] },
    files: [
      ...(others.length === 0 ? [] : [{ name: `${card.kind}-${digestOf(others)}.txt`, text: renderPlain(card) }]),
      ...(card.quote?.verbatim === true
        ? [{ name: `text-${digestOf([card.quote.text])}.txt`, text: card.quote.text }]
        : []),
    ],
  }
}

/**
 * Mentions of the accounts that are asked to act, so that Slack notifies them. The notification shows the message's
 * `text`.
 */
const calling = (accounts: readonly string[]): KnownBlock[] =>
  accounts.length === 0
    ? []
    : [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: accounts.flatMap((account) => [
                { type: 'user' as const, user_id: account },
                { type: 'text' as const, text: ' ' },
              ]),
            },
          ],
        },
      ]

/** How many characters of the digest are used: few enough for a file's name. */
const DIGEST_CHARS = 8

const digestOf = (buttons: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(buttons)).digest('hex').slice(0, DIGEST_CHARS)

function frame(card: Card, measure: Measure, quote: readonly KnownBlock[], keyFor?: KeyFor): KnownBlock[] {
  const { told, aside } = asideOf(card)
  const lines = linesBlock({ ...card, lines: told }, measure)
  const title = card.title.trim()
  const blocks: KnownBlock[] = [
    ...(title === '' ? [] : [{ type: 'header' as const, text: plain(cut(title, HEADER_TEXT_MAX)) }]),
    ...(lines === undefined ? [] : [lines]),
    ...(aside.length === 0 ? [] : [asideBlock(aside, measure)]),
    ...quote,
    ...actionBlocks(card, keyFor),
  ]
  // Without any block, Slack would show the notification as the message's content.
  return blocks.length > 0
    ? blocks
    : [{ type: 'section', text: plain(cut(card.fallback.trim(), HEADER_TEXT_MAX) || '–') }]
}

/** Splits off the remarks at the end of a card, which Slack shows in small print. */
function asideOf({ lines }: Card): { readonly told: readonly Line[]; readonly aside: readonly Line[] } {
  const isAside = (line: Line): boolean =>
    line.length > 0 && line.every(({ style, at, hostile }) => style === 'faint' && at === undefined && hostile !== true)
  const end = lines.findLastIndex((line) => !isAside(line)) + 1
  return { told: lines.slice(0, end), aside: lines.slice(end) }
}

function asideBlock(aside: readonly Line[], { perLine }: Measure): KnownBlock {
  const text = aside.map((line) => line.map((span) => span.text).join('')).join('\n')
  return { type: 'context', elements: [plain(cut(text, Math.min(perLine, ASIDE_MAX)) || '–')] }
}

function actionBlocks(card: Card, keyFor?: KeyFor): KnownBlock[] {
  let room = BUTTONS_ROOM
  const drawn = card.actions.slice(0, ACTIONS_ELEMENTS_MAX).map((action, index) => {
    const whole = button(action, index, keyFor)
    room -= whole === undefined ? 0 : JSON.stringify(whole).length
    // A button that does not fit is shown as a command to type.
    return { action, button: room < 0 ? undefined : whole }
  })
  const buttons = drawn.flatMap((each) => (each.button === undefined ? [] : [each.button]))
  const typed = drawn.filter((each) => each.button === undefined).map((each) => each.action)
  return [
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
    ...(typed.length === 0
      ? []
      : [
          {
            type: 'context' as const,
            elements: [plain(cut(`To type instead: ${typed.map((each) => each.verb).join(', ')}`, 300))],
          },
        ]),
  ]
}
