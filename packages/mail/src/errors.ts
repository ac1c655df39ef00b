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
 * A mail could not be read or written. The message contains nothing from the mail and can be logged. The `cause` can
 * contain parts of the mail and must not be logged.
 */
export class MailError extends Error {
  override readonly name = 'MailError'
  readonly code: MailErrorCode
  constructor(code: MailErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
  }
}

/** Why a mail is quarantined. Core has only these three reasons for all codes of the parser. */
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
