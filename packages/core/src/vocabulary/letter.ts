import type { PersonId, ReportId } from '../shared/ids.ts'

/**
 * Every letter that leaves by mail, with the fields of its own that a policy's text for it may name. Nothing in them is a
 * person's data, a report's words, or a detail of a vulnerability: letters that carry those have no fields and are written
 * by Embargo alone, as are all that the public reads.
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
  thanks: ['versions'],
  'address-changed': [],
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
  'recipient-dropped': undefined,
  'recipient-reply': undefined,
  'vendor-reply': undefined,
  'heads-up-corrected': undefined,
  interim: undefined,
  'interim-notice': undefined,
} as const satisfies Readonly<Record<string, readonly string[] | undefined>>

export type LetterName = keyof typeof LETTER_FIELDS

/** Whom a letter is for: never an address. */
export type Addressee =
  | { readonly kind: 'report'; readonly report: ReportId }
  /** The address that a reporter had before; the event that set another contains it. */
  | { readonly kind: 'former'; readonly report: ReportId }
  | { readonly kind: 'recipient'; readonly list: string; readonly recipient: string }
  | { readonly kind: 'person'; readonly person: PersonId }
  /** Another vendor; the contact is in the event that forwards this report or writes to them about it. */
  | { readonly kind: 'vendor'; readonly report: ReportId }
  | { readonly kind: 'public'; readonly list: 'announce' | 'oss-security' }
