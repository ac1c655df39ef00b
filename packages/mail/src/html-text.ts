import { convert } from 'html-to-text'
import { cut } from './clean.ts'
import { MAX_HTML, MAX_HTML_DEPTH } from './limits.ts'

/**
 * Readable text of an HTML mail. Links show where they go, images are named and never fetched, styles and scripts are
 * gone. Cut at `MAX_HTML` before anything is parsed.
 */
export function htmlText(html: string): string {
  return convert(cut(html, MAX_HTML), {
    wordwrap: false,
    limits: { maxInputLength: MAX_HTML, maxDepth: MAX_HTML_DEPTH },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      { selector: 'blockquote', format: 'blockquote', options: { trimEmptyLines: true } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  })
}
