import { assertNever, isPlainTextWaived, personOf } from '@embargo/core'
import type { Addressee, LetterName } from '@embargo/core'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { LetterMaterial } from '@embargo/letters'
import { readerKey } from './encryption.ts'

/**
 * Letters that contain the patch. The patch reveals more than the reporter told us, so the policy can demand that these
 * letters are sent only encrypted.
 */
const CARRIES_THE_FIX: ReadonlySet<LetterName> = new Set<LetterName>(['verification-request'])

/**
 * Letters with details of the vulnerability. A recipient without a key gets them only after agreeing to plain text, or
 * if two people waived this rule in each case that the mail is about.
 */
const CARRIES_DETAIL: ReadonlySet<LetterName> = new Set<LetterName>([
  'prenotification',
  'prenotification-update',
  'interim-notice',
  'recipient-reply',
])

/**
 * The address of a mail. It is looked up again right before sending, because a person may have been erased, or a list
 * changed, since the mail was requested.
 *
 * @throws CannotPerform
 */
export function addressOf(letter: LetterName, material: LetterMaterial): string {
  const { to } = material
  switch (to.kind) {
    case 'report':
      return reporterAddress(letter, material)
    case 'former':
      return formerAddress(material)
    case 'recipient':
      return recipientAddress(letter, to, material)
    case 'person':
      return personAddress(to, material)
    case 'vendor':
      return vendorAddress(material)
    case 'cna':
      return cnaAddress(material)
    case 'public':
      return publicAddress(to, material)
    default:
      return assertNever(to)
  }
}

function reporterAddress(letter: LetterName, material: LetterMaterial): string {
  const { report, policy } = material
  if (report === undefined) throw new CannotPerform('The report that this mail is about is no longer on the case.')
  const identity = report.identity.value
  if (identity === null)
    throw new CannotPerform('The identity of this reporter was erased, so there is no address to write to.')
  if (CARRIES_THE_FIX.has(letter) && readerKey(material) === undefined && policy.plaintextToReporter === 'refuse') {
    throw new CannotPerform('The policy refuses to send a patch to a reporter without a key (plaintextToReporter).')
  }
  return identity.address
}

function formerAddress({ event }: LetterMaterial): string {
  const before = event?.type === 'ReporterAddressSet' ? event.before : undefined
  if (before === undefined) throw new CannotPerform('No former address is on record.')
  if (before.value === null)
    throw new CannotPerform('The identity of this reporter was erased, so there is no address to write to.')
  return before.value.address
}

function recipientAddress(
  letter: LetterName,
  to: Extract<Addressee, { kind: 'recipient' }>,
  material: LetterMaterial,
): string {
  const { recipient, cases, list } = material
  if (recipient === undefined) throw new CannotPerform('This recipient is not on the list any more.')
  // No waiver allows an unencrypted mail to linux-distros, not even a waiver that was given before the policy said that
  // this list is linux-distros.
  const mayBeWaived = list?.kind !== 'linux-distros'
  const isPlain =
    recipient.plaintext === 'accepted' || (mayBeWaived && cases.every((one) => isPlainTextWaived(one, to)))
  if (CARRIES_DETAIL.has(letter) && readerKey(material) === undefined && !isPlain) {
    throw new CannotPerform(
      `There is no key for the recipient ${recipient.id}, the list does not say "plaintext: accepted", and nobody waived the rule that one of these is needed.`,
    )
  }
  return recipient.address
}

function personAddress({ person }: Extract<Addressee, { kind: 'person' }>, { policy }: LetterMaterial): string {
  const address = personOf(policy, person)?.mail
  if (address === undefined) throw new CannotPerform(`The policy has no mail address for ${person} any more.`)
  return address
}

function vendorAddress({ event }: LetterMaterial): string {
  if (event?.type !== 'ReportForwarded' && event?.type !== 'VendorWritten')
    throw new CannotPerform('No report was forwarded, so there is nobody to write to.')
  return event.to
}

function cnaAddress({ event }: LetterMaterial): string {
  if (event?.type !== 'CnaWritten') throw new CannotPerform('Nobody wrote to the CNA, so there is no address.')
  return event.to
}

function publicAddress({ list }: Extract<Addressee, { kind: 'public' }>, { project }: LetterMaterial): string {
  const address = list === 'announce' ? project.announce : project.ossSecurity
  if (address === undefined)
    throw new CannotPerform(`The policy names no address for ${list} (projects, ${project.id}).`)
  return address
}
