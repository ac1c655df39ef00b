import { isAddress, splitAddress, tagOf } from './address.ts'
import { readCaseTag, writeCaseTag } from './case-tag.ts'
import type { CaseTag } from './case-tag.ts'
import { MailError } from './errors.ts'
import { macMatches, shortMac } from './mac.ts'
import type { Mac } from './mac.ts'

/**
 * A token that was found in an address. If its mac is not `valid`, a stranger may have written the token, so the case
 * in it is only a hint.
 */
export type AddressToken = CaseTag & { readonly valid: boolean }

/**
 * The reply address of a case, such as `security+sec-2026-0042.r1.<mac>@example.org`. Only addressees of our mails
 * about this report know this address. The same input always gives the same address.
 *
 * @throws MailError `bad-address` if `own` is not an address, or the result would be longer than RFC 5321 section
 * 4.5.3.1 allows
 */
export function makeToken(tag: CaseTag, own: string, mac: Mac): string {
  const text = writeCaseTag(tag)
  return plus(own, `${text}.${shortMac(mac, `reply:${text}`)}`)
}

/**
 * Reads the token in the plus tag of one of our addresses. Upper and lower case do not matter. Undefined if the address
 * is not ours or has no token.
 */
export function readToken(address: string, own: readonly string[], mac: Mac): AddressToken | undefined {
  for (const ownAddress of own) {
    const text = tagOf(address, ownAddress)
    const dot = text?.lastIndexOf('.') ?? -1
    if (text === undefined || dot === -1) continue
    const tag = readCaseTag(text.slice(0, dot))
    if (tag !== undefined) return { ...tag, valid: macMatches(mac, `reply:${writeCaseTag(tag)}`, text.slice(dot + 1)) }
  }
  return undefined
}

/** Puts a plus tag into an address. @throws MailError `bad-address` */
export function plus(own: string, tag: string): string {
  const parts = splitAddress(own)
  const address = parts === undefined ? '' : `${parts.local}+${tag}@${parts.domain}`
  if (!isAddress(address)) {
    throw new MailError(
      'bad-address',
      'The mail address of Embargo has no room for a case number: the part before the @ is too long, or the address is invalid. Use at most 16 characters before the @.',
    )
  }
  return address
}
