import type { PersonId, ReportId } from '../shared/ids.ts'

/**
 * Every letter that is sent by mail, with the fields that a team may use to write the letter in its own words. No field
 * contains personal data (except the published credit), words of a report, or details of a vulnerability. A letter that
 * must contain such details has no fields here (`undefined`). A team cannot write such a letter in its own words,
 * unless it is one of the texts in `policy/text-templates.ts`, which have their own fields.
 */
export const LETTER_FIELDS = {
  receipt: ['answerBy', 'embargoEnd'],
  acknowledgment: ['nextWordBy', 'embargoEnd'],
  outcome: ['disposition', 'severity', 'reason', 'nextWordBy', 'embargoEnd'],
  remediation: ['branches', 'fixBy', 'embargoEnd'],
  'verification-request': ['branch', 'sha256', 'answerBy', 'releaseAt'],
  'verification-nudge': ['branch', 'sha256', 'askedAt', 'answerBy'],
  question: ['question', 'askedAt', 'answerBy'],
  lapsed: ['askedAt'],
  update: ['progress', 'severity', 'reason', 'releaseAt', 'nextWordBy', 'embargoEnd'],
  duplicate: ['nextWordBy', 'embargoEnd'],
  split: ['nextWordBy', 'embargoEnd'],
  'planned-date': ['releaseAt', 'embargoEnd'],
  slipped: ['was', 'newDate', 'reason', 'embargoEnd'],
  'recipient-slipped': ['cases', 'was', 'newDate', 'reason'],
  closed: ['reason'],
  'recipient-closed': ['reason'],
  'embargo-proposal': ['proposedEnd', 'reason', 'answerBy', 'embargoEnd'],
  'embargo-settled': ['settled', 'reason', 'embargoEnd'],
  'embargo-expired': ['endedAt', 'progress', 'releaseAt', 'nextWordBy'],
  'recipient-expired': ['endedAt', 'releaseAt'],
  'secrecy-failed': ['what', 'endedAt', 'link'],
  'secrecy-corrected': ['what', 'endedAt', 'releaseAt'],
  'leak-notice': ['embargoEnd'],
  'leak-corrected': ['embargoEnd', 'releaseAt'],
  'embargo-lifted': ['versions', 'endedAt'],
  thanks: ['versions', 'links', 'cve', 'credit'],
  'address-changed': [],
  resend: [],
  invitation: ['by', 'role', 'embargoEnd'],
  escalation: ['what', 'due'],
  reply: undefined,
  'forwarded-report': undefined,
  prenotification: undefined,
  'heads-up': undefined,
  announcement: undefined,
  'oss-security': undefined,
  'prenotification-update': undefined,
  'recipient-rated': undefined,
  'recipient-cve': undefined,
  'public-text': undefined,
  'public-link': undefined,
  correction: undefined,
  'cve-id': undefined,
  'recipient-dropped': undefined,
  'recipient-reply': undefined,
  'vendor-reply': undefined,
  'mail-to-cna': undefined,
  'heads-up-corrected': undefined,
  interim: undefined,
  'interim-notice': undefined,
} as const satisfies Readonly<Record<string, readonly string[] | undefined>>

export type LetterName = keyof typeof LETTER_FIELDS

/** Who gets a letter. The addressee itself contains no mail address. */
export type Addressee =
  | { readonly kind: 'report'; readonly report: ReportId }
  /** A reporter at their former address. The event that set the new address also contains the former one. */
  | { readonly kind: 'former'; readonly report: ReportId }
  | { readonly kind: 'recipient'; readonly list: string; readonly recipient: string }
  | { readonly kind: 'person'; readonly person: PersonId }
  /** Another vendor. The event that caused the letter (`ReportForwarded` or `VendorWritten`) contains the address. */
  | { readonly kind: 'vendor'; readonly report: ReportId }
  /** The CNA of the project. The event that caused the letter (`CnaWritten`) contains the address. */
  | { readonly kind: 'cna' }
  | { readonly kind: 'public'; readonly list: 'announce' | 'oss-security' }
