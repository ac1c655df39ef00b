import type { Span } from '@embargo/engine'

/**
 * A time, and its distance from now. Discord shows the time in each reader's time zone, and keeps the distance up to
 * date: https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
 */
export function dateText({ at }: Span & { readonly at: NonNullable<Span['at']> }): string {
  const seconds = Math.floor(at.instant / 1000)
  if (at.alone === true) return `<t:${seconds}:R>`
  return at.distance === undefined ? `<t:${seconds}:f>` : `<t:${seconds}:f> (<t:${seconds}:R>)`
}
