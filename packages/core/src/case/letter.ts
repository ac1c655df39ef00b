import type { ReportId } from '../shared/ids.ts'

/** Every letter that leaves by mail. */
export type LetterName =
  | 'receipt'
  | 'acknowledgment'
  | 'outcome'
  | 'remediation'
  | 'verification-request'
  | 'reply'
  | 'prenotification'
  | 'heads-up'
  | 'announcement'
  | 'oss-security'
  | 'embargo-lifted'
  | 'thanks'

/** Whom a letter is for: never an address. */
export type Addressee =
  | { readonly kind: 'report'; readonly report: ReportId }
  | { readonly kind: 'recipient'; readonly list: string; readonly recipient: string }
  | { readonly kind: 'public'; readonly list: 'announce' | 'oss-security' }
