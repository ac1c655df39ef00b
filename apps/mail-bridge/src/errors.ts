/** Why the bridge did not start. The message says what to change. */
export class MailBridgeError extends Error {
  override readonly name = 'MailBridgeError'
  readonly code: 'not-loopback' | 'no-addresses' | 'cannot-listen' | 'bad-certificate'
  constructor(code: MailBridgeError['code'], message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
  }
}

/** An answer to the other side: the SMTP code and words that name no address. */
export class SmtpReply extends Error {
  override readonly name = 'SmtpReply'
  readonly responseCode: number
  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}
