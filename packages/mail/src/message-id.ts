import { createHash } from 'node:crypto'
import { CaseId } from '@embargo/core'
import type { EffectId } from '@embargo/core'
import { splitAddress, tagOf } from './address.ts'
import { base32 } from './base32.ts'
import { readCaseTag, writeCaseTag } from './case-tag.ts'
import type { CaseTag } from './case-tag.ts'
import { MailError } from './errors.ts'
import { isMessageId } from './headers.ts'
import { MAX_LOCAL_PART } from './limits.ts'
import { macMatches, sameText, shortMac } from './mac.ts'
import type { Mac } from './mac.ts'

/**
 * How many characters the mark of a mail has. Its 65 bits are enough to tell the mails of one case apart. The mark need
 * not be secret, because the mac keeps strangers out.
 */
const MARK_CHARACTERS = 13

/** The content of one of our Message-IDs or return paths. `isMarkOf` checks whether `mark` belongs to a given mail. */
export type OwnMessage = CaseTag & { readonly mark: string; readonly valid: boolean }

/** The short name of an outgoing mail within its case. */
export function effectMark(effect: EffectId): string {
  return base32(createHash('sha256').update(effect).digest()).slice(0, MARK_CHARACTERS)
}

/**
 * The Message-ID of an outgoing mail, brackets included: `<sec-2026-0042.r1.<mark>.<mac>@example.org>`. It is derived
 * from the effect. So a retry has the same Message-ID, and the recipient's server takes both for one mail.
 *
 * @throws MailError `bad-message-id` if the domain is not valid in a Message-ID
 */
export function makeMessageId(
  input: CaseTag & { readonly effect: EffectId; readonly domain: string },
  mac: Mac,
): string {
  const text = `${writeCaseTag(input)}.${effectMark(input.effect)}`
  const id = `<${text}.${shortMac(mac, `message:${text}`)}@${input.domain.toLowerCase()}>`
  if (!isMessageId(id))
    throw new MailError('bad-message-id', 'The mail domain is not valid in a Message-ID. Set it to a plain host name.')
  return id
}

/** Reads a Message-ID that `makeMessageId` may have made; undefined if it does not look like one. */
export function readMessageId(id: string, mac: Mac): OwnMessage | undefined {
  const local = /^<?([^<>@\s]{1,300})@[^<>@\s]{1,255}>?$/u.exec(id.trim())?.[1]?.toLowerCase().split('.')
  const given = local?.pop()
  const mark = local?.pop()
  const tag = local === undefined ? undefined : readCaseTag(local.join('.'))
  if (given === undefined || mark === undefined || tag === undefined) return undefined
  return { ...tag, mark, valid: macMatches(mac, `message:${writeCaseTag(tag)}.${mark}`, given) }
}

/** A return path must be short, so its mark has 30 bits, and its mac, which keeps strangers out, has 40 bits. */
const RETURN_MARK_CHARACTERS = 6
const RETURN_MAC_CHARACTERS = 8

/**
 * How many characters a forwarding server that rewrites return paths (SRS) adds to the local part, besides the domain:
 * `SRS0=`, a hash of four characters, a time of two, and further `=`.
 */
const SRS_CHARACTERS = 'SRS0=hhhh=tt=='.length

const SHORT_CASE = /^([A-Z][A-Z0-9]{1,9})-20(\d{2})-0*(\d{1,10})$/u
const RETURN_PATH = new RegExp(
  `^b([a-z2-7]{${RETURN_MARK_CHARACTERS}})([a-z2-7]{${RETURN_MAC_CHARACTERS}})([a-z][a-z0-9]{1,9})-(\\d{2})-(\\d{1,10})$`,
  'u',
)

/**
 * The envelope sender of an outgoing mail (VERP), such as `security+b<mark><mac>sec-26-42@example.org`. A bounce goes
 * to this address and so identifies the exact mail. Undefined if a forwarding server (SRS) would make the local part
 * longer than mail servers must accept (RFC 5321 section 4.5.3.1.1). Then only the returned Message-ID identifies the
 * mail.
 */
export function makeReturnPath(
  input: { readonly case: CaseId; readonly effect: EffectId; readonly own: string },
  mac: Mac,
): string | undefined {
  const parts = splitAddress(input.own)
  const [, prefix, year, number] = SHORT_CASE.exec(input.case) ?? []
  if (parts === undefined || prefix === undefined) return undefined
  const mark = effectMark(input.effect).slice(0, RETURN_MARK_CHARACTERS)
  const tag = `b${mark}${returnMac(mac, input.case, mark)}${prefix.toLowerCase()}-${year}-${number}`
  const length = SRS_CHARACTERS + parts.domain.length + parts.local.length + '+'.length + tag.length
  return length > MAX_LOCAL_PART ? undefined : `${parts.local}+${tag}@${parts.domain}`
}

/** Reads a return path of ours from the recipient of a bounce; undefined if the address is something else. */
export function readReturnPath(address: string, own: readonly string[], mac: Mac): OwnMessage | undefined {
  for (const ownAddress of own) {
    const tag = tagOf(address, ownAddress) ?? ''
    if (tag === '') continue
    const [, mark = '', given = '', prefix = '', year = '', number = ''] = RETURN_PATH.exec(tag) ?? []
    const found = CaseId.safeParse(`${prefix.toUpperCase()}-20${year}-${number.padStart(4, '0')}`)
    if (found.success) return { case: found.data, mark, valid: sameText(returnMac(mac, found.data, mark), given) }
    const former = readFormerReturnPath(tag, mac)
    if (former !== undefined) return former
  }
  return undefined
}

const returnMac = (mac: Mac, theCase: CaseId, mark: string): string =>
  shortMac(mac, `bounce:${writeCaseTag({ case: theCase })}.${mark}`).slice(0, RETURN_MAC_CHARACTERS)

/**
 * Reads the longer form that return paths once had: `b.sec-2026-0042.<mark>.<mac>`. Mails that were sent with it may
 * still bounce.
 */
function readFormerReturnPath(tag: string, mac: Mac): OwnMessage | undefined {
  const [kind, number = '', mark = '', given = '', ...rest] = tag.split('.')
  const found = kind === 'b' && rest.length === 0 ? readCaseTag(number) : undefined
  if (found === undefined) return undefined
  return { ...found, mark, valid: macMatches(mac, `bounce:${writeCaseTag(found)}.${mark}`, given) }
}

/** Whether a mark in a Message-ID or a return path belongs to this mail. */
export const isMarkOf = (mark: string, effect: EffectId): boolean =>
  mark.length >= RETURN_MARK_CHARACTERS && effectMark(effect).startsWith(mark)

/** The domain for the Message-IDs of mail from this address. @throws MailError `bad-address` */
export function domainOf(address: string): string {
  const parts = splitAddress(address)
  if (parts === undefined)
    throw new MailError('bad-address', 'The mail address of Embargo is not valid. Write it as name@example.org.')
  return parts.domain
}
