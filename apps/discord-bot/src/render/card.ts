import type { KeyFor } from '@embargo/bot-kit'
import { cut, renderPlain } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import type { APIEmbed } from 'discord.js'
import {
  EMBED_DESCRIPTION_MAX,
  EMBED_TITLE_MAX,
  EMBEDS_CHARS_MAX,
  NOTIFICATION_MAX,
  QUOTE_SHOWN_MAX,
} from '../limits.ts'
import { escapeMarkdown, harmlessLine } from '../text/hostile.ts'
import type { ControlRow } from './button.ts'
import { controlRows } from './button.ts'
import { hashKey } from './custom-id.ts'
import type { Measure } from './lines.ts'
import { drawLines, smallPrint } from './lines.ts'
import { quoteEmbed } from './quote.ts'

/**
 * A message in Discord's format. `content` is what a lock screen shows, so it says only the case's number and severity.
 */
export type DiscordMessage = {
  readonly content: string
  readonly embeds: APIEmbed[]
  readonly components: ControlRow[]
  /** The text of a card can mention nobody. Only the people who are asked to act are mentioned, by their accounts. */
  readonly allowed_mentions: { readonly parse: []; readonly users?: string[] }
}

/** A file that is sent with the message. It has the whole of a text that the message cuts. */
export type TextFile = { readonly name: string; readonly text: string }
export type DrawnCard = { readonly message: DiscordMessage; readonly files: readonly TextFile[] }

export type CardOptions = {
  /** The mark by which the bot finds its message again. The mark is shown in small print at the end of the card. */
  readonly mark?: string
  readonly keyFor?: KeyFor
  /** The accounts of the people who are asked to act. */
  readonly called?: readonly string[]
}

/**
 * Limits on the card's length, from loose to strict. The first one with which the card fits is used, nearly always the
 * loosest.
 */
const MEASURES: readonly Measure[] = [
  { lines: 40, perLine: 1500 },
  { lines: 30, perLine: 300 },
  { lines: 12, perLine: 120 },
]
const LEAST: Measure = { lines: 5, perLine: 60 }
/** The number of fields that are shown. Our cards have fewer; if one has more, the rest is in the file. */
const FIELDS_MAX = 20
/** How many characters are reserved for the title, the footer and the words about buttons. */
const FRAME = 700

/** The colour of the stripe at the left, which shows the kind of card at a glance. */
const COLOURS: Readonly<Record<Card['kind'], number>> = {
  status: 0x8a_93_9c,
  report: 0x7a_5a_c2,
  change: 0x8a_93_9c,
  mail: 0x2f_85_7c,
  approval: 0xc2_7c_0e,
  publication: 0x2e_7d_32,
  reminder: 0xd1_a1_1a,
  refusal: 0xb2_3b_3b,
  notice: 0x8a_93_9c,
}

/** The colours of a card with a task that is due soon or is late. */
const TONES: Readonly<Record<NonNullable<Card['tone']>, number>> = { soon: 0xd1_a1_1a, late: 0xb2_3b_3b }

/**
 * Draws a card. Pure. A card that is too long is cut: first the end of the quoted text, then the ends of long lines,
 * then the last lines. Title and buttons remain. If something is left out, the whole card is attached as text. Discord
 * shows times in each reader's time zone.
 */
export function renderCard(card: Card, options: CardOptions = {}): DrawnCard {
  const { called = [] } = options
  const fewer: Card = { ...card, fields: card.fields.slice(0, FIELDS_MAX) }
  const { rows, typed } = controlRows(card.actions, options.keyFor ?? hashKey)
  const room = Math.min(
    EMBED_DESCRIPTION_MAX,
    EMBEDS_CHARS_MAX - FRAME - (card.quote === undefined ? 0 : QUOTE_SHOWN_MAX),
  )
  const measures = [...MEASURES, LEAST].map((measure) => drawLines(fewer, measure))
  const lines = measures.find((each) => each.text.length <= room) ?? cutAtLine(measures.at(-1), room)
  const quote =
    card.quote === undefined ? undefined : quoteEmbed(card.quote, EMBEDS_CHARS_MAX - FRAME - lines.text.length)
  const whole = lines.whole && fewer.fields.length === card.fields.length && quote?.whole !== false
  const embeds = [firstEmbed(card, withTyped(lines.text, typed)), ...(quote === undefined ? [] : [quote.embed])]
  return {
    message: {
      content: [
        ...called.map((account) => `<@${account}>`),
        cut(escapeMarkdown(card.notification.trim()), NOTIFICATION_MAX) || 'Embargo',
      ].join(' '),
      embeds: marked(embeds, card.tone === undefined ? COLOURS[card.kind] : TONES[card.tone], options.mark),
      components: rows,
      allowed_mentions: { parse: [], ...(called.length === 0 ? {} : { users: [...called] }) },
    },
    files: [
      ...(whole ? [] : [{ name: `${card.kind}.txt`, text: renderPlain(card) }]),
      ...(card.quote?.verbatim === true ? [{ name: 'text.txt', text: card.quote.text }] : []),
    ],
  }
}

// Cuts the text at the end of a line. Twenty long fields do not fit, even when they are drawn with `LEAST`.
function cutAtLine(
  least: { readonly text: string } | undefined,
  room: number,
): { readonly text: string; readonly whole: false } {
  const text = least?.text ?? ''
  const end = text.lastIndexOf('\n', room)
  return { text: text.length <= room ? text : text.slice(0, Math.max(0, end)), whole: false }
}

function firstEmbed(card: Card, description: string): APIEmbed {
  const title = cut(escapeMarkdown(harmlessLine(card.title)), EMBED_TITLE_MAX)
  const shown =
    title === '' && description === ''
      ? cut(escapeMarkdown(harmlessLine(card.fallback)), EMBED_TITLE_MAX) || '–'
      : description
  return { ...(title === '' ? {} : { title }), ...(shown === '' ? {} : { description: shown }) }
}

const withTyped = (text: string, typed: readonly string[]): string =>
  typed.length === 0
    ? text
    : cut(
        [text, smallPrint(`To type instead: ${[...new Set(typed)].map((verb) => `/${verb}`).join(', ')}`)]
          .join('\n')
          .trim(),
        EMBED_DESCRIPTION_MAX,
      )

const marked = (embeds: readonly APIEmbed[], color: number, mark: string | undefined): APIEmbed[] =>
  embeds.map((embed, index) => ({
    ...embed,
    color,
    ...(mark !== undefined && index === embeds.length - 1 ? { footer: { text: mark } } : {}),
  }))
