import type { MailQuota, QuotaReason } from '@embargo/engine'
import type { SMTPServerSession } from 'smtp-server'
import { SmtpReply } from './errors.ts'
import { sharedSource, sourceOf } from './source.ts'

/** What the listener checks before it stores a mail. */
export type Quota = Pick<MailQuota, 'isKnown' | 'refuses' | 'stored'>

type Admission = { readonly known: boolean; readonly reply: SmtpReply | undefined }

/**
 * The source under which the quota counts a mail. `shared`: the connection comes from a mail server of the operator.
 */
export function quotaSource({ remoteAddress }: SMTPServerSession, shared: boolean, bytes: number): string {
  const source = sourceOf(remoteAddress)
  return shared ? sharedSource(source, bytes) : source
}

/**
 * Checks the quota for each recipient, with the size that the sender announced (RFC 1870). So a mail can be refused
 * before a byte of it is sent.
 */
export function admission(
  quota: Quota,
  shared: boolean,
): (recipient: string, session: SMTPServerSession) => Promise<Admission> {
  return async (recipient, session) => {
    const known = await quota.isKnown([recipient])
    const bytes = announced(session)
    const because = await quota.refuses({ source: quotaSource(session, shared, bytes), known }, bytes)
    return { known, reply: because === undefined ? undefined : refusal(because) }
  }
}

/** The reply 452 means insufficient storage (RFC 5321 section 4.2.3). The sender then tries again for days. */
export function refusal(because: QuotaReason): SmtpReply {
  switch (because) {
    case 'unread':
      return new SmtpReply(452, 'Too much mail waits to be read here, try again later')
    case 'day':
      return new SmtpReply(452, 'Too much mail came here today, try again later')
    case 'disk':
      return new SmtpReply(452, 'Too little room is left here for large amounts of mail, try again later')
  }
}

function announced({ envelope }: SMTPServerSession): number {
  const size = envelope.mailFrom === false ? undefined : envelope.mailFrom.args
  const bytes = typeof size === 'object' && 'SIZE' in size ? Number(size.SIZE) : 0
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : 0
}
