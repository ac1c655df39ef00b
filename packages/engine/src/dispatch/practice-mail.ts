import { createHash } from 'node:crypto'
import { composeMail } from '@embargo/mail'
import { replyAddressOf } from '../letters/envelope.ts'
import type { MailOut } from '../ports/mail-out.ts'
import type { EffectContext } from './context.ts'

const FIXES_IT = `It fixes it. Thank you!

> Does it fix what you reported?
`

/**
 * Stands in for the relay in practice cases: no mail leaves the machine. If a mail asks the invented reporter whether
 * the patch fixes the problem, the reporter's answer is put into our own spool.
 */
export const practiceMail = ({
  deps,
  effect,
  now,
}: Pick<EffectContext<'send-mail'>, 'deps' | 'effect' | 'now'>): MailOut => ({
  async send({ raw, envelopeTo, messageId }) {
    const to = effect.letter === 'verification-request' ? replyAddressOf(raw) : undefined
    if (to === undefined) return { response: 'kept here, sent to nobody: this is a practice case' }
    const answer = await composeMail(
      { subject: `Re: [${effect.case}] Please check the fix`, text: FIXES_IT, attachments: [], automatic: false },
      {
        from: { name: '', address: envelopeTo },
        replyTo: envelopeTo,
        to,
        // The Message-ID is made from the effect's id. So repeated attempts store only one mail.
        messageId: `<${createHash('sha256').update(effect.id).digest('hex')}@practice.localhost>`,
        date: now,
        inReplyTo: messageId,
        references: [messageId],
      },
    )
    await deps.spool.store({
      raw: answer,
      envelopeFrom: envelopeTo,
      envelopeTo: [to],
      receivedAt: now,
      delivery: `practice:${effect.id}`,
    })
    return { response: 'kept here, sent to nobody: this is a practice case, and its invented reporter has answered' }
  },
})
