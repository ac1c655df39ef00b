import { createHash } from 'node:crypto'
import { MessageId } from '@embargo/core'
import type { ArrivingMail, MailSpool, SpoolResult } from '@embargo/engine'

/** A spool in memory. `answer` replaces its answers. */
export class MemorySpool {
  readonly mails: ArrivingMail[] = []
  answer: ((mail: ArrivingMail) => Promise<SpoolResult>) | undefined

  async store(mail: ArrivingMail): Promise<SpoolResult> {
    if (this.answer !== undefined) return this.answer(mail)
    this.mails.push(mail)
    return { is: 'stored', id: MessageId.parse(createHash('sha256').update(mail.raw).digest('hex')) }
  }

  asSpool(): MailSpool {
    return this as unknown as MailSpool
  }
}
