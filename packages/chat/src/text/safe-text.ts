import { PLATFORMS } from '@embargo/core'

/**
 * Characters that make text look like other text, or change the order in which it is shown: controls, bidirectional
 * marks and overrides, zero-width and invisible ones, tags, interlinear marks. (Trojan Source, CVE-2021-42574; terminal
 * escapes.)
 */
const DECEIVING = new RegExp(
  '[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F' +
    '\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF9-\\uFFFB]' +
    '|[\\u{E0000}-\\u{E0FFF}]',
  'gu',
)

/** Line endings other than `\n`. Not every program recognises them. */
const LINE_ENDS = /\r\n?|\u0085|\u2028|\u2029/g

/**
 * The most combining marks that a letter keeps. No script needs more, and hundreds of marks would cover the lines above
 * and below.
 */
const MARKS_MAX = 8
const PILE = new RegExp(`(\\p{M}{${MARKS_MAX}})\\p{M}+`, 'gu')

/**
 * Keeps only the visible characters of text from outside, which can have several lines. Tabs become spaces, and broken
 * surrogates become a replacement character.
 */
export function safeText(text: string): string {
  return text
    .toWellFormed()
    .replace(LINE_ENDS, '\n')
    .replaceAll('\t', '    ')
    .replace(DECEIVING, '')
    .replace(PILE, '$1')
}

const UNSEEN_IN_JSON = new RegExp(`${DECEIVING.source}|[\\u2028\\u2029]|\\p{M}`, 'gu')

/**
 * JSON in which every character that `safeText` would change is written as an escape. A terminal shows it safely, and a
 * JSON parser gets the unchanged value.
 */
export const safeJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(UNSEEN_IN_JSON, (unseen) =>
    [...Array(unseen.length).keys()].map((at) => `\\u${unseen.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  )

/** Like `safeText`, but on one line, so that a name or a subject cannot begin a line that looks like ours. */
export const safeLine = (text: string): string => safeText(text).replaceAll(/\s+/g, ' ').trim()

// The number of letters is limited. Without the limit, matching a line of 100,000 letters would scan the rest of the
// line again for each letter.
const SCHEME = /([a-z][a-z0-9+.-]{0,30}):\/\//gi
const SCHEMES = ['mailto', 'tel', 'sms', 'javascript', 'vbscript', 'data', 'file', 'steam', 'callto', 'facetime']
/**
 * Matches the schemes of links that clients open even without slashes, such as the schemes of the chat platforms' own
 * clients (`slack:`).
 */
const OPAQUE_SCHEME = new RegExp(`\\b(${[...SCHEMES, ...PLATFORMS].join('|')}):(?=\\S)`, 'gi')
const WWW = /\bwww\./gi
const BARE_HOST = /([a-z0-9-])\.([a-z]{2,24})(?=\/)/gi

/** Changes links so that no client makes them clickable, and nobody opens an attacker's address by accident. */
export const defang = (text: string): string =>
  text
    .replaceAll(SCHEME, (_all, scheme: string) => {
      if (/^h(?:tt|xx)ps?$/i.test(scheme)) return `${scheme.replace(/tt/i, 'xx')}://`
      if (/^f(?:t|x)ps?$/i.test(scheme)) return `${scheme.replace(/t/i, 'x')}://`
      return `${scheme}[:]//`
    })
    .replaceAll(OPAQUE_SCHEME, '$1[:]')
    .replaceAll(WWW, 'www[.]')

/**
 * Like `defang`, but also changes a bare host followed by a path, because some clients make it a link. Do not use this
 * for a terminal: a terminal makes no such links, and file paths must stay as they are.
 */
export const defangHosts = (text: string): string => defang(text).replaceAll(BARE_HOST, '$1[.]$2')

/** Cuts without splitting a surrogate pair, and marks the cut. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text
    .slice(0, Math.max(0, most - 1))
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`
}
