import { CaseId } from '@embargo/core'
import { addressParser } from 'postal-mime'
import { readToken } from './address-token.ts'
import type { CaseTag } from './case-tag.ts'
import { MAX_ADDRESS_FIELD } from './limits.ts'
import type { Mac } from './mac.ts'
import { readMessageId } from './message-id.ts'
import type { ParsedMail } from './parsed-mail.ts'

/**
 * The case to which a mail belongs. Without `case`, the mail opens a new case. `hint`: a case that people may want to
 * look at, although nothing proves that the mail belongs to it.
 */
export type Thread = Partial<CaseTag> & {
  readonly by: 'token' | 'references' | 'none'
  /**
   * Whether a recipient address of the mail has a token, and whether the token is valid. `authenticate` needs this
   * value.
   */
  readonly token: 'valid' | 'invalid' | 'none'
  readonly hint?: CaseId
}

/** The most case numbers that are looked up for one mail. */
export const MAX_HINTS = 5

/**
 * Finds the case of a mail by the signed token in its address. Without a valid token, finds the case by a signed
 * Message-ID of ours that the mail answers. What a stranger can write, such as a case number in the subject, is only a
 * hint.
 */
export async function thread(input: {
  readonly mail: Pick<ParsedMail, 'headers' | 'subject' | 'references' | 'inReplyTo'>
  readonly envelopeTo: readonly string[]
  readonly own: readonly string[]
  readonly macs: { readonly address: Mac; readonly message: Mac }
  /**
   * Whether the case is in the log. If the database was restored from an old backup, a valid token can name a case that
   * is missing.
   */
  readonly exists: (id: CaseId) => Promise<boolean>
}): Promise<Thread> {
  const { mail, own, macs, exists } = input
  const tokens = [...input.envelopeTo, ...headerRecipients(mail)]
    .map((address) => readToken(address, own, macs.address))
    .filter((token) => token !== undefined)
  for (const token of tokens) {
    if (token.valid && (await exists(token.case))) return { ...place(token), by: 'token', token: 'valid' }
  }
  const token = tokens.length > 0 ? 'invalid' : 'none'
  // The last Message-ID in References names the mail that was answered, so References is tried from its end.
  for (const id of [...mail.inReplyTo, ...mail.references.toReversed()]) {
    const message = readMessageId(id, macs.message)
    if (message?.valid === true && (await exists(message.case))) return { ...place(message), by: 'references', token }
  }
  for (const hint of [...tokens.map((found) => found.case), ...caseNumbers(mail.subject)].slice(0, MAX_HINTS)) {
    if (await exists(hint)) return { by: 'none', token, hint }
  }
  return { by: 'none', token }
}

function place({ case: theCase, report, recipient, vendor }: CaseTag): CaseTag {
  return {
    case: theCase,
    ...(report !== undefined && { report }),
    ...(recipient !== undefined && { recipient }),
    ...(vendor !== undefined && { vendor }),
  }
}

/**
 * The addressees in the header. If a forwarding server drops the token from the envelope, `To` still has the token. A
 * token in `To` proves just as much, because only addressees of our mails know it.
 */
function headerRecipients(mail: Pick<ParsedMail, 'headers'>): readonly string[] {
  return ['to', 'cc']
    .flatMap((field) => mail.headers.get(field) ?? [])
    .filter((value) => value.length <= MAX_ADDRESS_FIELD)
    .flatMap((value) => addressParser(value, { flatten: true }))
    .map((mailbox) => mailbox.address ?? '')
}

/** The case numbers in a text. They prove nothing, because anybody can write them. */
export function caseNumbers(text: string): readonly CaseId[] {
  return [...text.matchAll(/\b[A-Z][A-Z0-9]{1,9}-\d{4}-\d{4,10}\b/giu)]
    .map((match) => CaseId.safeParse(match[0].toUpperCase()))
    .flatMap((found) => (found.success ? [found.data] : []))
}
