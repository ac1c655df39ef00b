import { composeMail } from './compose.ts'
import type { Content, Envelope } from './compose.ts'
import { protectMail } from './openpgp/protect.ts'
import type { Protection } from './openpgp/protect.ts'

/** A mail before it is composed. Without `protection`, it is neither encrypted nor signed. */
export type MailDraft = {
  readonly content: Content
  readonly envelope: Envelope
  readonly protection?: Protection
}

/**
 * Returns the final bytes of a mail: composes it, then encrypts or signs it.
 *
 * @throws MailError as `composeMail` does. @throws Error if a key cannot be used
 */
export async function writeMail({ content, envelope, protection }: MailDraft): Promise<Uint8Array> {
  const mail = await composeMail(content, envelope)
  return protection === undefined ? mail : protectMail(mail, protection, envelope.date)
}
