import type { MailTrust } from '@embargo/core'
import { isOwnAddress, splitAddress } from './address.ts'
import type { MailKind, ReturnPath } from './classify.ts'
import { header } from './headers.ts'
import type { ParsedMail } from './parsed-mail.ts'

export type AutoAnswer = { readonly may: true } | { readonly may: false; readonly because: string }

/** Mailboxes that no person reads (RFC 3834 section 2). */
const ROLES =
  /^(?:mailer-daemon|postmaster|daemon|bounces?|no-?reply|do-?not-?reply|owner-.*|.*-(?:request|owner|bounces?))$/u

/**
 * Whether we may answer this mail automatically (RFC 3834). Two programs that answer each other fill a mailbox in
 * minutes, and an answer to a forged sender is spam in our name. In any case the mail is recorded, and people may
 * reply.
 */
export function mayAutoAnswer(input: {
  readonly kind: MailKind
  readonly mail: Pick<ParsedMail, 'headers' | 'from'>
  readonly envelope: ReturnPath
  readonly trust: MailTrust
  readonly own: readonly string[]
  /** Whether this sender already got an automatic answer in this case. */
  readonly answeredBefore: boolean
}): AutoAnswer {
  const { kind, mail, envelope, own } = input
  if (kind !== 'mail') return no(`the mail is of the kind "${kind}"`)
  if (mail.from === undefined) return no('the mail does not name exactly one sender')
  const from = envelope.from ?? mail.from.address
  const returnPath = splitAddress(from)
  if (returnPath === undefined) return no('there is no return path')
  if (isOwnAddress(from, own) || isOwnAddress(mail.from.address, own))
    return no('the mail comes from an address of ours')
  if (ROLES.test(returnPath.local.toLowerCase())) return no('the return path belongs to a program')
  const suppress = header(mail.headers, 'x-auto-response-suppress')?.toLowerCase() ?? ''
  if (/\b(?:all|oof|autoreply)\b/u.test(suppress)) return no('the sender asks for no automatic answer')
  if (input.trust === 'failed') return no('the sender failed authentication')
  if (input.answeredBefore) return no('this sender was answered before')
  return { may: true }
}

/**
 * For a mail that came through a list: whether From is the sender's own address. Many lists put their own address into
 * From, and an answer to this address would go to everybody on the list.
 */
export function reachableBehindList(mail: Pick<ParsedMail, 'headers' | 'from'>, own: readonly string[]): boolean {
  if (mail.from === undefined || isOwnAddress(mail.from.address, own)) return false
  const posted = header(mail.headers, 'list-post')?.toLowerCase() ?? ''
  return !posted.includes(`mailto:${mail.from.address.toLowerCase()}`)
}

function no(because: string): AutoAnswer {
  return { may: false, because }
}
