import { convert } from 'html-to-text'
import type { Formatter, HtmlElement } from 'html-to-text'
import { cut } from './clean.ts'
import { MAX_HTML, MAX_HTML_DEPTH, MAX_HTML_INDENTS, MAX_HTML_TAGS } from './limits.ts'

/** The elements that indent their text, each with the library's format for it. */
const INDENTED = new Map([
  ['blockquote', 'blockquote'],
  ['ul', 'unorderedList'],
  ['ol', 'orderedList'],
])

/** The numbers that a numbered list may start with. Any other `start` attribute is dropped. */
const LIST_START = /^[1-9]\d{0,5}$/u

/**
 * The readable text of an HTML mail. Links show their targets; images are never fetched; styles and scripts are
 * removed. The HTML is cut to its limit before anything is parsed.
 */
export function htmlText(html: string): { readonly text: string; readonly cut: boolean } {
  const input = beforeTag(cut(html, MAX_HTML), MAX_HTML_TAGS)
  const text = convert(input, {
    wordwrap: false,
    limits: { maxInputLength: MAX_HTML, maxDepth: MAX_HTML_DEPTH },
    formatters: { indented },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      ...[...INDENTED.keys()].map((selector) => ({ selector, format: 'indented' })),
      { selector: 'li', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  })
  return { text, cut: input.length < html.length }
}

/** Formats an element as the library does, but indents only up to the deepest allowed level. */
function indented(...[element, walk, builder, options]: Parameters<Formatter>): void {
  const format = (levelOf(element) <= MAX_HTML_INDENTS ? INDENTED.get(element.name) : undefined) ?? 'block'
  // Only plain numbers are written: for Roman numerals above 9,999 the library throws, and the mail could not be read.
  const start = element.attribs['start'] ?? ''
  element.attribs = LIST_START.test(start) ? { start } : {}
  builder.options.formatters[format]?.(element, walk, builder, options)
}

function levelOf(element: HtmlElement): number {
  let level = 0
  for (let at: HtmlElement | null = element; at !== null; at = at.parent) if (INDENTED.has(at.name)) level += 1
  return level
}

/** Cuts HTML that has more than `limit` tags, just before the first tag too many. Every `<` counts as a tag. */
function beforeTag(html: string, limit: number): string {
  let at = html.indexOf('<')
  for (let tags = 0; at !== -1; tags += 1) {
    if (tags === limit) return html.slice(0, at)
    at = html.indexOf('<', at + 1)
  }
  return html
}
