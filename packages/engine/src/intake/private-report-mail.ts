import type { HostedAdvisory } from '../ports/advisory-host.ts'
import type { PrivateReport } from '../ports/mail-spool.ts'

/** RFC 2047, section 2: an encoded word has at most 75 characters, which leaves room for 45 bytes in base64. */
const ENCODED_BYTES = 45
/** RFC 2045, section 6.8: the longest line of base64. */
const LINE = 76

const LOGIN = /^[\w-]{1,39}$/u
/** Stands for the author if the author's account was deleted, or if the name of the account does not match `LOGIN`. */
const UNKNOWN = 'unknown'
/**
 * An address on a line of its own, as in `Mail: robin@sample.example`. An address elsewhere in the text could be
 * somebody else's.
 */
const ADDRESS = /^[ \t>*-]*(?:e-?mail|mail|contact|reply to)\s*:\s*<?([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)>?\s*$/gimu

type AdvisoryTexts = Pick<HostedAdvisory, 'author' | 'summary' | 'description' | 'createdAt' | 'link'>

/** The address that the author wrote on a line of its own; undefined without one, or with several. */
export function addressIn(description: string): string | undefined {
  const [address, ...others] = new Set([...description.matchAll(ADDRESS)].map(([, one = '']) => one.toLowerCase()))
  return others.length === 0 ? address : undefined
}

/**
 * Writes a private report as a mail, to handle it like every other report. Its header contains only two texts of the
 * author: the login, and the summary in encoded words.
 */
export function privateReportMail(told: AdvisoryTexts, { address }: Pick<PrivateReport, 'address'>): Uint8Array {
  const login = told.author !== undefined && LOGIN.test(told.author) ? told.author : UNKNOWN
  const host = new URL(told.link).hostname
  const body = `${told.description.replaceAll(/\r?\n/gu, '\r\n')}\r\n`
  const lines = [
    `From: ${login} <${address ?? `${login}@users.noreply.${host}`}>`,
    `Subject: ${encodedWords(told.summary)}`,
    `Date: ${new Date(told.createdAt).toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(body)
      .toString('base64')
      .match(new RegExp(`.{1,${LINE}}`, 'gu')) ?? []),
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}

/** The author's login: the name in the From field of a private report's mail. Undefined if the name is no login. */
export const loginIn = (name: string | undefined): string | undefined =>
  name !== undefined && name !== UNKNOWN && LOGIN.test(name) ? name : undefined

/** RFC 2047, section 5: no character may be split between two encoded words. */
function encodedWords(text: string): string {
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character) > ENCODED_BYTES) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ')
}
