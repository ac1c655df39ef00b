import { timeInWords } from '@embargo/chat'
import type { ReaderZone } from '@embargo/chat'
import type { Span } from '@embargo/engine'
import type { RichTextDate } from './blocks.ts'

/** Slack's tokens: the day (or "today") and the time of day, in the reader's zone and clock format. */
const READERS_TIME = '{date_short_pretty}, {time}'

/**
 * A time in a message that many read: it says UTC for everybody, and Slack adds each reader's local time.
 * A client that cannot draw dates shows `fallback`.
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block#date-element-type
 */
export function dateElement(span: Span & { readonly at: NonNullable<Span['at']> }, reader?: ReaderZone): RichTextDate {
  const { text, at } = span
  const asides = [`${READERS_TIME} your time`, ...(at.distance === undefined ? [] : [at.distance])]
  return {
    type: 'date',
    timestamp: Math.floor(at.instant / 1000),
    format: `${text} (${asides.join(', ')})`,
    fallback: timeInWords(span, reader),
  }
}
