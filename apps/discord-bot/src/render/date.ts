import type { Span } from '@embargo/engine'

/**
 * A time in a message that many read: it says UTC for everybody, and Discord adds each reader's local time, and how far
 * away it is. https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
 */
export function dateText({ text, at }: Span & { readonly at: NonNullable<Span['at']> }): string {
  const seconds = Math.floor(at.instant / 1000)
  const asides = [`<t:${seconds}:f> your time`, ...(at.distance === undefined ? [] : [`<t:${seconds}:R>`])]
  return `${text} (${asides.join(', ')})`
}
