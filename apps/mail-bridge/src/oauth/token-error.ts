/** Thrown if there is no access token. The message contains neither a secret nor the server's own words. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly code: 'refused' | 'unreachable' | 'bad-answer'
  constructor(code: TokenError['code'], message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
  }
}
