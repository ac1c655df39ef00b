import { convert } from 'html-to-text'
import { cut } from './clean.ts'
import { MAX_HTML, MAX_HTML_DEPTH, MAX_HTML_TAGS } from './limits.ts'

/**
 * Readable text of an HTML mail. Links show where they go, images are named and never fetched, styles and scripts are
 * gone. Cut before anything is parsed.
 */
export function htmlText(html: string): { readonly text: string; readonly cut: boolean } {
  const input = beforeTag(cut(html, MAX_HTML), MAX_HTML_TAGS)
  const text = convert(input, {
    wordwrap: false,
    limits: { maxInputLength: MAX_HTML, maxDepth: MAX_HTML_DEPTH },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      { selector: 'blockquote', format: 'blockquote', options: { trimEmptyLines: true } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  })
  return { text, cut: input.length < html.length }
}

/** What stands before tag number `limit`. */
function beforeTag(html: string, limit: number): string {
  let at = html.indexOf('<')
  for (let tags = 0; at !== -1; tags += 1) {
    if (tags === limit) return html.slice(0, at)
    at = html.indexOf('<', at + 1)
  }
  return html
}
