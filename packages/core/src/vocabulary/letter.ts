import type { PersonId, ReportId } from '../shared/ids.ts'

/** Every letter that leaves by mail. */
export type LetterName =
  | 'receipt'
  | 'acknowledgment'
  | 'outcome'
  | 'remediation'
  | 'verification-request'
  /** Half of the time to check a patch is over, and nobody has heard from its reporter. */
  | 'verification-nudge'
  | 'reply'
  /** A report to another vendor, as a person has seen it. */
  | 'forwarded-report'
  | 'question'
  | 'lapsed'
  | 'update'
  | 'duplicate'
  | 'split'
  | 'prenotification'
  | 'heads-up'
  | 'announcement'
  | 'oss-security'
  | 'embargo-lifted'
  | 'thanks'
  /** New patches to a recipient who holds old ones. */
  | 'prenotification-update'
  /** The planned date does not hold: to a reporter, to a recipient, and to whoever reads heads-ups. */
  | 'slipped'
  | 'recipient-slipped'
  /** To a recipient who holds patches: the case is more, or less, severe than they were told. */
  | 'recipient-rated'
  /** To a recipient: a case that they hold patches of does not come with its release. */
  | 'recipient-dropped'
  /** A text of the team to a recipient who holds patches. */
  | 'recipient-reply'
  | 'vendor-reply'
  /** To a reporter: their valid report is closed, and we publish nothing of it. */
  | 'closed'
  /** To a recipient who holds patches of a case that closes without a release. */
  | 'recipient-closed'
  | 'heads-up-corrected'
  /** To a person of the team, when a clock goes to the next in line. */
  | 'escalation'
  | 'embargo-proposal'
  | 'embargo-settled'
  /** The embargo ended at its date, and nothing is published yet. */
  | 'embargo-expired'
  /** The same, to a recipient who holds patches. */
  | 'recipient-expired'
  | 'secrecy-failed'
  /** What ended the embargo was wrong: to those who were told that the secret was out. */
  | 'secrecy-corrected'
  | 'leak-notice'
  /** There was no leak: to the recipients who were told of one. */
  | 'leak-corrected'
  | 'interim'
  | 'interim-notice'
  /** To both addresses of a reporter who is written to at another one. */
  | 'address-changed'
  /** To a person who is asked onto a case: the terms, and nothing of the case. */
  | 'invitation'

/** Whom a letter is for: never an address. */
export type Addressee =
  | { readonly kind: 'report'; readonly report: ReportId }
  /** The address that a reporter had before: it stands in the event that set another. */
  | { readonly kind: 'former'; readonly report: ReportId }
  | { readonly kind: 'recipient'; readonly list: string; readonly recipient: string }
  | { readonly kind: 'person'; readonly person: PersonId }
  /** Another vendor: the contact stands in the event that forwards this report, or writes to them about it. */
  | { readonly kind: 'vendor'; readonly report: ReportId }
  | { readonly kind: 'public'; readonly list: 'announce' | 'oss-security' }
