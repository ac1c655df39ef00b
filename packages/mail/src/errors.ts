export type MailErrorCode =
  | 'unparsable'
  | 'too-large'
  | 'too-many-parts'
  | 'too-deep'
  | 'headers-too-large'
  | 'too-many-attachments'
  | 'parser-died'
  | 'bad-address'
  | 'bad-message-id'

/**
 * A mail could not be read or written. The error's `message` contains nothing from the mail and can be logged. The
 * error's `cause` can contain parts of the mail and must not be logged.
 */
export class MailError extends Error {
  override readonly name = 'MailError'
  readonly code: MailErrorCode
  constructor(code: MailErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
  }
}

/**
 * Why a mail is quarantined. Core has fewer reasons than the parser has codes, so several codes give the same reason.
 */
export function quarantineReason(error: MailError): 'unparsable' | 'too-large' | 'parser-died' {
  switch (error.code) {
    case 'too-large':
    case 'too-many-parts':
    case 'too-deep':
    case 'headers-too-large':
    case 'too-many-attachments':
      return 'too-large'
    case 'parser-died':
      return 'parser-died'
    case 'unparsable':
    case 'bad-address':
    case 'bad-message-id':
      return 'unparsable'
  }
}
