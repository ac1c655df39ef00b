/**
 * Reading a mailbox had to stop for now. `full`: the disk of the database is full. `moved`: another process read the
 * same folder in the meantime.
 */
export class MailboxError extends Error {
  override readonly name = 'MailboxError'
  readonly code: 'full' | 'moved'
  constructor(code: MailboxError['code'], message: string) {
    super(message)
    this.code = code
  }
}
