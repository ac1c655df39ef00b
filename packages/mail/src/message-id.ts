import { createHash } from 'node:crypto'
import type { CaseId, EffectId } from '@embargo/core'
import { plus } from './address-token.ts'
import { splitAddress, tagOf } from './address.ts'
import { base32 } from './base32.ts'
import { readCaseTag, writeCaseTag } from './case-tag.ts'
import type { CaseTag } from './case-tag.ts'
import { MailError } from './errors.ts'
import { isMessageId } from './headers.ts'
import { macMatches, shortMac } from './mac.ts'
import type { Mac } from './mac.ts'

/** 65 bits distinguish the mails of one case. The mac, not this, keeps strangers out. */
const MARK_CHARACTERS = 13

/** A Message-ID or return path of ours, read back. `mark` equals `effectMark(effect)` of the mail that it belongs to. */
export type OwnMessage = CaseTag & { readonly mark: string; readonly valid: boolean }

/** The short name of an outgoing mail within its case. */
export function effectMark(effect: EffectId): string {
  return base32(createHash('sha256').update(effect).digest()).slice(0, MARK_CHARACTERS)
}

/**
 * The Message-ID of an outgoing mail, brackets included: `<sec-2026-0042.r1.<mark>.<mac>@example.org>`. It is derived
 * from the effect, so that a retry has the same and the recipient's server sees one mail.
 *
 * @throws MailError `bad-message-id` when the domain is not valid in a Message-ID
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

/**
 * The envelope sender of an outgoing mail (VERP): `security+b.sec-2026-0042.<mark>.<mac>@example.org`. A bounce comes
 * back to it and so names the exact mail, whatever the bouncing server writes.
 *
 * @throws MailError `bad-address`
 */
export function makeReturnPath(
  input: { readonly case: CaseId; readonly effect: EffectId; readonly own: string },
  mac: Mac,
): string {
  const text = `${writeCaseTag({ case: input.case })}.${effectMark(input.effect)}`
  return plus(input.own, `b.${text}.${shortMac(mac, `bounce:${text}`)}`)
}

/** Reads a return path of ours from the recipient of a bounce; undefined if the address is something else. */
export function readReturnPath(address: string, own: readonly string[], mac: Mac): OwnMessage | undefined {
  for (const ownAddress of own) {
    const [kind, number = '', mark = '', given = '', ...rest] = tagOf(address, ownAddress)?.split('.') ?? []
    const tag = kind === 'b' && rest.length === 0 ? readCaseTag(number) : undefined
    if (tag !== undefined) return { ...tag, mark, valid: macMatches(mac, `bounce:${writeCaseTag(tag)}.${mark}`, given) }
  }
  return undefined
}

/** The domain that belongs into the Message-IDs of mail from this address. @throws MailError `bad-address` */
export function domainOf(address: string): string {
  const parts = splitAddress(address)
  if (parts === undefined)
    throw new MailError('bad-address', 'The own mail address is not an address. Write it as name@example.org.')
  return parts.domain
}
