import type { DomainVerdict, EncryptionVerdict, MailChecks, SignatureVerdict } from '@embargo/core'
import { checkDomain, domainName, judgeSignature } from '@embargo/mail'
import type { KnownKey, MailProtection, ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { carriedKeyProblem, offeredKey } from '../keys/reporter-key.ts'
import { safeError } from '../shared/safe-error.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import type { Patience } from './patience.ts'
import type { Reading } from './read.ts'

/** A stored mail as it was read, with what its signature proves and what its sender's domain says. */
export type AuthenticatedMail = {
  readonly stored: SpooledMail
  readonly reading: Reading
  readonly domain: DomainVerdict
  readonly checks: MailChecks
}

const NOTHING: MailChecks = { signature: { is: 'none' }, encryption: 'none' }

/**
 * Second step: checks the signature and the sender's domain. If the DNS does not answer in the time that `patience`
 * allows, the mail is placed anyway, and the domain is checked again later.
 */
export async function authenticateMail(
  deps: Deps,
  stored: SpooledMail,
  { reading, patience }: { readonly reading: Reading; readonly patience: Patience },
): Promise<AuthenticatedMail> {
  const spam = stored.spam === true ? { spam: stored.spam } : {}
  if (reading.is !== 'read') return { stored, reading, domain: { is: 'not-checked' }, checks: { ...NOTHING, ...spam } }
  const { mail } = reading
  const host = stored.privateReport && new URL(stored.privateReport.link).hostname
  if (host !== undefined) {
    const domain: DomainVerdict = { is: 'account', at: host }
    return { stored, reading, domain, checks: { ...checksOf(deps, reading), domain } }
  }
  const late = lateVerdict(mail)
  const domain = (await patience.wait(stored.raw.length, async () => domainVerdict(deps, stored, mail))) ?? late
  return { stored, reading, domain, checks: { ...checksOf(deps, reading), domain, ...spam } }
}

/**
 * Whether the author's domain confirms the mail, according to the DNS now. If the check itself fails, it is repeated
 * later.
 */
export async function domainVerdict(deps: Deps, stored: SpooledMail, mail: ParsedMail): Promise<DomainVerdict> {
  const { senderDomains: domains, resultsFrom: server, forwarders } = deps.policy.policy.intake
  const { raw, envelopeFrom, client, receivedAt } = stored
  const facts = { raw, from: mail.from, envelopeFrom, client, receivedAt }
  try {
    return await checkDomain(facts, { domains, server, forwarders }, deps.domainLookup)
  } catch (error) {
    deps.log.error('the domain of a mail could not be checked', { message: stored.id, ...safeError(error) })
    return lateVerdict(mail)
  }
}

function lateVerdict({ from }: ParsedMail): DomainVerdict {
  const domain = from && domainName(from.address)
  return domain === undefined ? { is: 'unproven' } : { is: 'not-yet', domain }
}

/**
 * If a signature has one of these verdicts, people believe that the sender wrote the subject too. So the checks say if
 * the signature does not cover the subject (`unsignedSubject`).
 */
const SENDERS: ReadonlySet<SignatureVerdict['is']> = new Set(['own-key', 'same-key', 'first-seen'])

function checksOf(
  { policy }: Pick<Deps, 'policy'>,
  { mail, known }: Extract<Reading, { is: 'read' }>,
): Omit<MailChecks, 'domain'> {
  const { protection, from, subject, keys } = mail
  const keyProblem = carriedKeyProblem(mail)
  const offered = offeredKey(policy.policy, mail)
  const signature = withLastDigits(judgeSignature(protection, from, [...known, ...keys.map(carried)]))
  return {
    signature,
    ...(SENDERS.has(signature.is) && subject !== '' && protection.coversSubject !== true && { unsignedSubject: true }),
    encryption: encryptionOf(protection),
    ...(protection.encryptedInPart === true && { encryptedInPart: true }),
    ...(keyProblem !== undefined && { keyProblem }),
    ...(offered !== undefined && { offersKey: offered.slice(-RECORDED_DIGITS) }),
  }
}

/**
 * How many digits of a key's fingerprint are recorded with a mail. The whole fingerprint would identify a person, and
 * the record cannot be erased.
 */
const RECORDED_DIGITS = 4

function withLastDigits(verdict: SignatureVerdict): SignatureVerdict {
  const last = (digits: string): string => digits.slice(-RECORDED_DIGITS)
  if (verdict.is === 'unknown-key') return { ...verdict, keyId: last(verdict.keyId) }
  if (verdict.is === 'changed-key')
    return { ...verdict, fingerprint: last(verdict.fingerprint), before: last(verdict.before) }
  return 'fingerprint' in verdict ? { ...verdict, fingerprint: last(verdict.fingerprint) } : verdict
}

/** A key that came with a mail. Nobody has confirmed the addresses that it claims. */
const carried = ({ facts }: ParsedMail['keys'][number]): KnownKey => ({
  fingerprint: facts.fingerprint,
  addresses: facts.userIds.flatMap(({ address }) => address ?? []),
  standing: 'carried',
})

const encryptionOf = ({ encryption, unreadable = 'damaged' }: MailProtection): EncryptionVerdict =>
  encryption === 'unreadable' ? unreadable : encryption
