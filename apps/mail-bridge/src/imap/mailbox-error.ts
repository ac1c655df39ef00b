/** Why reading a mailbox stopped for now. */
export class MailboxError extends Error {
  override readonly name = 'MailboxError'
  readonly code: 'full' | 'moved'
  constructor(code: MailboxError['code'], message: string) {
    super(message)
    this.code = code
  }
}
