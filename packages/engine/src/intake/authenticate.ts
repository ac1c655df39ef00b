import type { EncryptionVerdict, MailChecks } from '@embargo/core'
import { judgeSignature, NOT_CHECKED } from '@embargo/mail'
import type { Authentication, KnownKey, MailProtection, ParsedMail } from '@embargo/mail'
import type { SpooledMail } from '../ports/mail-spool.ts'
import type { Reading } from './read.ts'

/** A stored mail as it was read, with what its signature proves and what is known about its sender's domain. */
export type AuthenticatedMail = {
  readonly stored: SpooledMail
  readonly reading: Reading
  readonly results: Authentication
  readonly checks: MailChecks
}

const NOTHING: MailChecks = { signature: { is: 'none' }, encryption: 'none' }

/** Second step. SPF, DKIM and DMARC are not checked yet: only a signature can prove who sent a mail, and its card says so. */
export const authenticateMail = (stored: SpooledMail, reading: Reading): AuthenticatedMail => ({
  stored,
  reading,
  results: NOT_CHECKED,
  checks: {
    ...(reading.is === 'read' ? checksOf(reading) : NOTHING),
    ...(stored.spam === true && { spam: true }),
  },
})

const checksOf = ({ mail: { protection, from, keys }, known }: Extract<Reading, { is: 'read' }>): MailChecks => ({
  signature: judgeSignature(protection, from, [...known, ...keys.map(carried)]),
  encryption: encryptionOf(protection),
})

/** A key that came with a mail claims its addresses, and nobody has confirmed them. */
const carried = ({ facts }: ParsedMail['keys'][number]): KnownKey => ({
  fingerprint: facts.fingerprint,
  addresses: facts.userIds.flatMap(({ address }) => address ?? []),
  standing: 'carried',
})

const encryptionOf = ({ encryption, unreadable = 'damaged' }: MailProtection): EncryptionVerdict =>
  encryption === 'unreadable' ? unreadable : encryption
