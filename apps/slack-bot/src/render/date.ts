import { timeInWords } from '@embargo/chat'
import type { Span } from '@embargo/engine'
import type { RichTextDate } from './blocks.ts'

/** Slack's tokens: the day (or "today") and the time of day, in the reader's zone and clock format. */
const READERS_TIME = '{date_short_pretty}, {time}'

/** How far a time is from now. Slack keeps this distance up to date. */
const DISTANCE = '{ago}'

/**
 * A time, which Slack shows in each reader's time zone. A client that cannot show dates shows `fallback`, in UTC:
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block#date-element-type
 */
export function dateElement(span: Span & { readonly at: NonNullable<Span['at']> }): RichTextDate {
  const { at } = span
  return {
    type: 'date',
    timestamp: Math.floor(at.instant / 1000),
    format: at.alone === true ? DISTANCE : `${READERS_TIME}${at.distance === undefined ? '' : ` (${DISTANCE})`}`,
    fallback: timeInWords(span),
  }
}
