import type { Line, Span } from '@embargo/engine'

/** Our own words. */
export const plain = (text: string): Span => ({ text })
export const strong = (text: string): Span => ({ text, style: 'strong' })
export const faint = (text: string): Span => ({ text, style: 'faint' })
export const code = (text: string): Span => ({ text, style: 'code' })

/** Whatever a person typed, a mail said or a server answered. */
export const outside = (text: string): Span => ({ text, hostile: true })

/** Part of a line. */
export type Said = readonly (Span | string)[]

/** What is left out takes its separator with it. */
export const joined = (parts: readonly Said[], between: string): Said =>
  parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : [between, ...part]))

export const line = (...spans: readonly (Span | string)[]): Line =>
  spans.map((span) => (typeof span === 'string' ? plain(span) : span))
