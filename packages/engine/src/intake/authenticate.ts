import { NOT_CHECKED } from '@embargo/mail'
import type { Authentication } from '@embargo/mail'
import type { SpooledMail } from '../ports/mail-spool.ts'
import type { Reading } from './read.ts'

/** A stored mail as it was read, with what is known about its sender's domain. */
export type AuthenticatedMail = {
  readonly stored: SpooledMail
  readonly reading: Reading
  readonly results: Authentication
}

/** Second step. SPF, DKIM and DMARC are not checked yet, so nothing proves who sent a mail, and its card says so. */
export const authenticateMail = (stored: SpooledMail, reading: Reading): AuthenticatedMail => ({
  stored,
  reading,
  results: NOT_CHECKED,
})
