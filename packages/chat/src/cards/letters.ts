import type { CaseState, LetterName } from '@embargo/core'
import { LETTERS } from '@embargo/letters'

/** A letter's name as people say it. A name from a newer version of the program is shown unchanged. */
export const letterInWords = (letter: string): string => (isKnown(letter) ? LETTERS[letter].label : letter)

const isKnown = (letter: string): letter is LetterName => Object.hasOwn(LETTERS, letter)

/**
 * Puts an addressee such as `report:SEC-…/r1`, `recipient:distros/debian` or `public:announce` into words. The words
 * never contain a mail address.
 */
export function addresseeInWords(to: string, state?: Pick<CaseState, 'reports'>): string {
  const [kind, rest = ''] = split(to)
  if (kind === 'report') return reporter(rest, state)
  if (kind === 'former') return `the previous address of ${reporter(rest, state)}`
  if (kind === 'vendor') return 'the other vendor'
  if (kind === 'cna') return 'the CNA'
  if (kind === 'recipient' || kind === 'person') return rest
  return kind === 'public' ? `the ${rest} list` : 'its reader'
}

function split(text: string): readonly [string, string?] {
  const colon = text.indexOf(':')
  return colon === -1 ? [text] : [text.slice(0, colon), text.slice(colon + 1)]
}

/** The reporter, with the number of their report if the case has several. */
function reporter(report: string, state?: Pick<CaseState, 'reports'>): string {
  const number = report.slice(report.lastIndexOf('/') + 1)
  const isOnly = state === undefined || state.reports.length < 2
  return number === 'r1' && isOnly ? 'the reporter' : `the reporter of ${number}`
}
