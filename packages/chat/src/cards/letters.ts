import type { CaseState, LetterName } from '@embargo/core'

const WORDS: Readonly<Record<LetterName, string>> = {
  receipt: 'receipt',
  acknowledgment: 'acknowledgment',
  outcome: 'outcome of the triage',
  remediation: 'letter about who writes the patch',
  'verification-request': 'request to verify the patch',
  'verification-nudge': 'nudge about the patch to verify',
  reply: 'reply',
  'forwarded-report': 'forwarded report',
  question: 'question',
  lapsed: 'note that the report is closed without an answer',
  update: 'update',
  duplicate: 'note that it was reported twice',
  split: 'note that the report has a case of its own',
  prenotification: 'pre-notification',
  'heads-up': 'heads-up',
  announcement: 'announcement',
  'oss-security': 'oss-security mail',
  'embargo-lifted': 'note that the embargo is over',
  thanks: 'thanks',
  'prenotification-update': 'changed patches',
  slipped: 'note that the date does not hold',
  'recipient-slipped': 'note that the date does not hold',
  'recipient-rated': 'note of another severity',
  'recipient-dropped': 'note that the case is out of its release',
  'recipient-reply': 'reply',
  'vendor-reply': 'reply',
  'recipient-closed': 'note that nothing comes of it',
  'heads-up-corrected': 'correction of the heads-up',
  escalation: 'mail about a deadline',
  'embargo-proposal': 'question about the embargo’s end',
  'embargo-settled': 'word about the embargo',
  'embargo-expired': 'word that the embargo has run out',
  'recipient-expired': 'word that the embargo has run out',
  closed: 'word that the case is closed',
  'secrecy-failed': 'word that the secret is out',
  'secrecy-corrected': 'word that the secret is not out',
  'leak-notice': 'word of a leak',
  'leak-corrected': 'word that there was no leak',
  interim: 'interim advisory',
  'interim-notice': 'interim advisory with the patches',
  'address-changed': 'word about their address',
  invitation: 'invitation to a case',
}

/** A letter's name as people say it; a name from a newer program stays as it is. */
export const letterInWords = (letter: string): string => (isKnown(letter) ? WORDS[letter] : letter)

const isKnown = (letter: string): letter is LetterName => Object.hasOwn(WORDS, letter)

/** `report:SEC-…/r1`, `recipient:distros/debian`, `public:announce`: never an address. */
export function addresseeInWords(to: string, state?: Pick<CaseState, 'reports'>): string {
  const [kind, rest = ''] = split(to)
  if (kind === 'report') return reporter(rest, state)
  if (kind === 'former') return `the address that ${reporter(rest, state)} had before`
  if (kind === 'vendor') return 'the other vendor'
  if (kind === 'recipient' || kind === 'person') return rest
  return kind === 'public' ? `the ${rest} list` : 'its reader'
}

function split(text: string): readonly [string, string?] {
  const colon = text.indexOf(':')
  return colon === -1 ? [text] : [text.slice(0, colon), text.slice(colon + 1)]
}

/** Where there are several, by the number of the report. */
function reporter(report: string, state?: Pick<CaseState, 'reports'>): string {
  const number = report.slice(report.lastIndexOf('/') + 1)
  const isOnly = state === undefined || state.reports.length < 2
  return number === 'r1' && isOnly ? 'the reporter' : `the reporter of ${number}`
}
