import { timeInWords } from '@embargo/chat'
import type { ReaderZone } from '@embargo/chat'
import type { Span } from '@embargo/engine'
import type { RichTextDate } from './blocks.ts'

/** Slack's tokens: the day (or "today") and the time of day in the zone and the clock of whoever looks. */
const READERS_TIME = '{date_short_pretty}, {time}'

/**
 * A time in a message that many read: UTC stands in it for everybody, and Slack adds the time of each reader.
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
