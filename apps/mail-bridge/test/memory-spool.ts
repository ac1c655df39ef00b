import { createHash } from 'node:crypto'
import { MessageId } from '@embargo/core'
import type { ArrivingMail, MailSpool, SpoolResult } from '@embargo/engine'

/** A spool in memory. If a test sets `answer`, `store` calls that function instead of storing the mail. */
export class MemorySpool {
  readonly mails: ArrivingMail[] = []
  answer: ((mail: ArrivingMail) => Promise<SpoolResult>) | undefined

  async store(mail: ArrivingMail, answered?: 'each'): Promise<SpoolResult> {
    if (this.answer !== undefined) return this.answer(mail)
    const id = MessageId.parse(createHash('sha256').update(mail.raw).digest('hex'))
    const isStored = this.mails.some(
      ({ raw, envelopeTo }) =>
        Buffer.compare(raw, mail.raw) === 0 && mail.envelopeTo.every((to) => envelopeTo.includes(to)),
    )
    if (answered === 'each' && isStored) return { is: 'already-stored', id }
    this.mails.push(mail)
    return { is: 'stored', id }
  }

  asSpool(): MailSpool {
    return this as unknown as MailSpool
  }
}
