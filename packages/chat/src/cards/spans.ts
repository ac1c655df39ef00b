import type { Line, Span } from '@embargo/engine'

/** Our own words. */
export const plain = (text: string): Span => ({ text })
export const strong = (text: string): Span => ({ text, style: 'strong' })
export const faint = (text: string): Span => ({ text, style: 'faint' })
export const code = (text: string): Span => ({ text, style: 'code' })

/** Whatever a person typed, a mail said or a server answered. */
export const outside = (text: string): Span => ({ text, hostile: true })

export const line = (...spans: readonly (Span | string)[]): Line =>
  spans.map((span) => (typeof span === 'string' ? plain(span) : span))
