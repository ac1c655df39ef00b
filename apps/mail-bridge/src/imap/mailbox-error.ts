/** Reading a mailbox had to stop for now. `moved`: another process read the same folder. */
export class MailboxError extends Error {
  override readonly name = 'MailboxError'
  readonly code: 'full' | 'moved'
  constructor(code: MailboxError['code'], message: string) {
    super(message)
    this.code = code
  }
}
