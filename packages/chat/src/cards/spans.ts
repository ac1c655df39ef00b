import type { Line, Span } from '@embargo/engine'

/** Our own words. */
export const plain = (text: string): Span => ({ text: oneStop(text) })
export const strong = (text: string): Span => ({ text, style: 'strong' })
export const faint = (text: string): Span => ({ text, style: 'faint' })
export const code = (text: string): Span => ({ text, style: 'code' })

/**
 * Text that a person typed, a mail contained or a server answered. It is content of the case. If the policy keeps
 * content out of chat, `instead` is shown.
 */
export const outside = (text: string, instead?: string): Span => ({
  text,
  hostile: true,
  ...(instead === undefined ? {} : { instead }),
})

/**
 * A sentence of ours that contains names from the policy, or words that the reader has just typed. It is escaped like
 * text from outside, but is not content of a case. Do not use it for text of a mail, somebody's note or a server's
 * answer.
 */
export const sentence = (text: string): Span => ({ text: oneStop(text), hostile: true, everywhere: true })

/** If a name at the end of a sentence ends in a full stop, only one full stop is kept. */
const oneStop = (text: string): string => text.replaceAll(/(?<=[\p{L}\p{N}])\.\.(?=\s|$)/gu, '.')

/** The parts of a line. A part that is a string is text of ours. */
export type LineParts = readonly (Span | string)[]

/** Joins the parts. An empty part is left out together with its separator. */
export const joined = (parts: readonly LineParts[], between: string): LineParts =>
  parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : [between, ...part]))

export const line = (...spans: readonly (Span | string)[]): Line =>
  spans
    .map((span) => (typeof span === 'string' ? plain(span) : span))
    .map((span, at, all) => withoutSecondStop(span, all[at - 1]))

/** If typed text ends in a full stop, as in `Uma T.`, the sentence gets no second one. */
const withoutSecondStop = (span: Span, before: Span | undefined): Span =>
  before?.text.endsWith('.') === true && span.text.startsWith('.') ? { ...span, text: span.text.slice(1) } : span
