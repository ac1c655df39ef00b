import type { QuarantineReason } from '@embargo/core'
import { authenticate, classify } from '@embargo/mail'
import type { Judgement, MailKind, ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { mailMacs } from '../shared/own-addresses.ts'
import type { AuthenticatedMail } from './authenticate.ts'
import type { ThreadedMail } from './thread.ts'

/** A mail that a person wrote; a mailing list may have forwarded it. */
export type PersonalMail = {
  readonly is: 'personal'
  readonly kind: Extract<MailKind, 'mail' | 'list'>
  readonly mail: ParsedMail
  readonly judgement: Judgement
}

/** A mail that no person wrote, or that came through a list and opens no case. */
export type AutomaticMail = {
  readonly is: 'automatic'
  readonly kind: Exclude<MailKind, 'mail'>
  readonly mail: ParsedMail
}

/** The kind of a mail, and for a person's mail, its presumed author. */
export type MailClass = { readonly is: 'unreadable'; readonly because: QuarantineReason } | AutomaticMail | PersonalMail

export type ClassifiedMail = ThreadedMail & { readonly class: MailClass }

/**
 * Fourth step: determines whether a person wrote the mail. If not, the mail opens no case (RFC 3834). The policy may
 * say that mail through a list opens no case either.
 */
export function classifyMail(deps: Deps, threaded: ThreadedMail): ClassifiedMail {
  return { ...threaded, class: classOf(deps, threaded) }
}

function classOf(deps: Deps, threaded: ThreadedMail): MailClass {
  const { stored, reading, thread, holder, tie } = threaded
  if (reading.is === 'unreadable') return reading
  const { mail } = reading
  const kind = classify(mail, { from: stored.envelopeFrom }, mailMacs(deps.keys).message, tie)
  if (kind === 'mail' || (kind === 'list' && deps.policy.policy.intake.lists === 'open'))
    return { is: 'personal', kind, mail, judgement: judge(threaded, mail, { ...thread, ...(holder && { holder }) }) }
  return { is: 'automatic', kind, mail }
}

/** Judges who wrote the mail, from its token, its From address, its signature and the checks of its domain. */
export function judge(
  { domain, checks }: AuthenticatedMail,
  mail: ParsedMail,
  { token, holder }: Pick<Parameters<typeof authenticate>[0], 'token' | 'holder'>,
): Judgement {
  return authenticate({
    sender: mail.from,
    token,
    domain,
    signature: checks.signature,
    ...(holder !== undefined && { holder }),
  })
}
