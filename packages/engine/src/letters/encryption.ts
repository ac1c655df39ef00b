import {
  hasEncryptedMail,
  isSameReporter,
  isSecret,
  partyAt,
  personOf,
  publicKeyOf,
  shortFingerprint,
} from '@embargo/core'
import type { Instant, LetterName, PersonalKey, PublicKey, Report } from '@embargo/core'
import type { LetterMaterial } from '@embargo/letters'
import type { KeyProblem, MailWriter } from '@embargo/mail'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { bytesOf } from '../keys/known-keys.ts'

/** How a mail is sent: encrypted to its reader's key, or readable by every server on its way. */
export type Reader = { readonly is: 'key'; readonly key: Uint8Array } | { readonly is: 'clear' }

type KeyReader = Pick<MailWriter, 'readKeys'>

const CLEAR: Reader = { is: 'clear' }

/**
 * The reports of a mail's reader. The report that the mail is about comes first. A person who reported twice gets each
 * mail once, not once for each report. So the keys and the encrypted mails of their other reports in the case matter
 * for the mail, too.
 */
function reportsOf({ to, report, case: theCase }: LetterMaterial): readonly Report[] {
  if (to.kind !== 'report' || report === undefined) return []
  return [report, ...theCase.reports.filter((one) => one.id !== report.id && isSameReporter(one, report))]
}

/** Whether a mail's reader is a reporter who sent an encrypted mail. */
export const wroteEncrypted = (material: LetterMaterial): boolean =>
  reportsOf(material).some((report) => hasEncryptedMail(material.case, report))

/** Whether a reporter other than the mail's reader sent an encrypted mail, in any case that the mail is about. */
export function othersWroteEncrypted(material: LetterMaterial): boolean {
  const own = reportsOf(material)
  return [material.case, ...material.cases].some((theCase) =>
    theCase.reports.some((report) => !own.includes(report) && hasEncryptedMail(theCase, report)),
  )
}

/** Letters that are sent only when everybody can already read their content. */
const ONCE_PUBLIC: ReadonlySet<LetterName> = new Set<LetterName>(['embargo-lifted', 'thanks', 'interim-notice'])

/**
 * Whether a mail that two people approve would be sent unencrypted, although the vulnerability is still secret and was
 * reported encrypted.
 */
export const exposesEncrypted = (letter: LetterName, { is }: Reader, material: LetterMaterial): boolean =>
  is === 'clear' &&
  material.to.kind !== 'public' &&
  !ONCE_PUBLIC.has(letter) &&
  isSecret(material.case) &&
  (wroteEncrypted(material) || othersWroteEncrypted(material))

/** The known key of a mail's reader, whether or not it can be used now. */
export function readerKey(material: LetterMaterial): PublicKey | undefined {
  const { to, recipient, policy } = material
  switch (to.kind) {
    case 'report':
      return reportsOf(material).flatMap(({ key }) => key?.key.value ?? [])[0]
    case 'recipient':
      return recipient && publicKeyOf(policy, recipient.address)
    case 'person': {
      const address = personOf(policy, to.person)?.mail
      return address === undefined ? undefined : publicKeyOf(policy, address)
    }
    case 'vendor':
    case 'cna': {
      const address = partyAddress(material)
      return address === undefined ? undefined : publicKeyOf(policy, address)
    }
    case 'former':
    // The letter to a former address contains no secret. It is not encrypted, because the reporter's key may belong to
    // the new address.
    case 'public':
      return undefined
  }
}

/** The address of the vendor or the CNA to whom a mail goes. */
function partyAddress({ to, event }: LetterMaterial): string | undefined {
  if (to.kind !== 'vendor' && to.kind !== 'cna') return undefined
  const isToParty = event?.type === 'ReportForwarded' || event?.type === 'VendorWritten' || event?.type === 'CnaWritten'
  return isToParty ? event.to : undefined
}

/**
 * How a mail to this reader must be sent. If the reader's key cannot be used now, the mail waits until a person has
 * decided, and is not sent unencrypted.
 *
 * @throws CannotPerform with what holds the mail back, and what to do
 */
export async function readerOf(keyReader: KeyReader, letter: LetterName, material: LetterMaterial): Promise<Reader> {
  const { to, now } = material
  const key = readerKey(material)
  if (key === undefined) {
    requireReadable(letter, material)
    return CLEAR
  }
  requireUnchanged(material)
  const problem = await problemOf(keyReader, key, now)
  if (problem === undefined) return { is: 'key', key: bytesOf(key) }
  // Mails to the team contain no details. They must not wait for a key, because they say that something needs a person.
  if (to.kind === 'person') return CLEAR
  const owner = pinnedOwner(material)
  throw new CannotPerform(
    `The key of ${owner ?? 'the reporter'} (${shortFingerprint(key.fingerprint)}) ${PROBLEMS[problem]}. ${owner === undefined ? REPORTER_KEY : PINNED_KEY}`,
  )
}

/** The owner of the reader's key, if the policy pins this key. */
function pinnedOwner(material: LetterMaterial): string | undefined {
  const { to, policy } = material
  if (to.kind === 'recipient') return `the recipient ${to.recipient}`
  const address = partyAddress(material)
  return address === undefined ? undefined : (partyAt(policy, address)?.name ?? address)
}

const PINNED_KEY = 'Put their new key into the policy (key), and send this mail again.'
const REPORTER_KEY =
  'Ask the reporter for another key. When they have sent it, send this mail again. "key forget" removes the old key.'

const WITHOUT_CONTENT: ReadonlySet<LetterName> = new Set<LetterName>(['receipt', 'resend'])

/**
 * Letters with text that a person wrote. The text may quote an encrypted mail, so these letters are checked even when
 * the vulnerability is public.
 */
const FREE_TEXT: ReadonlySet<LetterName> = new Set<LetterName>(['reply', 'question'])

/**
 * Letters that contain the patch or are about it. The patch shows the vulnerability. So for these letters it matters
 * whether another reporter sent an encrypted mail about the vulnerability.
 */
const ABOUT_PATCH: ReadonlySet<LetterName> = new Set<LetterName>(['verification-request', 'verification-nudge'])

/**
 * Checks whether a mail may be sent to a reader without a known key. Such a mail is unencrypted. A letter that says
 * nothing about the report may always be sent. While the vulnerability is secret, or if a person wrote the text, no
 * unencrypted mail may go to a reader who wrote encrypted, unless a person allowed it. The same is true of a mail about
 * the patch if another reporter wrote encrypted.
 */
function requireReadable(letter: LetterName, material: LetterMaterial): void {
  const { case: theCase } = material
  if (WITHOUT_CONTENT.has(letter) || (!isSecret(theCase) && !FREE_TEXT.has(letter))) return
  const reports = reportsOf(material)
  if (reports.some((report) => report.plain !== true && hasEncryptedMail(theCase, report)))
    throw new CannotPerform(`The report came encrypted and no key of its reporter is known${COULD_BE_READ}`)
  const isAllowed = reports.length === 0 || reports.some(({ plain }) => plain === true)
  if (ABOUT_PATCH.has(letter) && !isAllowed && othersWroteEncrypted(material))
    throw new CannotPerform(
      `Another report of this vulnerability came encrypted, and no key of the reporter who gets this mail is known${COULD_BE_READ}`,
    )
}

const COULD_BE_READ =
  ', so this mail could be read on its way. Ask the reporter for a key in another way, or use "key plain" to allow unencrypted mail. Then send this mail again.'

function requireUnchanged(material: LetterMaterial): void {
  const { key, changed } = reportsOf(material).find((report) => isChanged(report))?.key ?? {}
  if (changed === undefined) return
  throw new CannotPerform(
    `The reporter’s key changed from ${short(key)} to ${short(changed)}, and nobody has confirmed which key is theirs. Ask them in another way, use "key replace" or "key pin" with the last digits of the right key, and send this mail again.`,
  )
}

const isChanged = ({ key }: Report): boolean => (key?.changed?.value ?? null) !== null

const short = (key: PersonalKey | undefined): string => shortFingerprint(key?.value?.fingerprint ?? '')

async function problemOf(
  keyReader: KeyReader,
  key: PublicKey,
  now: Instant,
): Promise<KeyProblem | 'unreadable' | undefined> {
  const read = await keyReader.readKeys(bytesOf(key), now)
  const [only] = read.is === 'keys' ? read.keys : []
  if (only === undefined) return 'unreadable'
  return only.facts.canEncrypt ? undefined : (only.facts.problem ?? 'unreadable')
}

const PROBLEMS: Readonly<Record<KeyProblem | 'unreadable', string>> = {
  expired: 'has expired',
  revoked: 'was revoked',
  'sign-only': 'can only sign, not encrypt',
  weak: 'is too weak',
  'post-quantum-only': 'uses algorithms that Embargo does not support yet',
  unreadable: 'cannot be read here',
}
