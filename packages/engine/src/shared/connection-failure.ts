/** The codes with which Node and undici report that a connection failed before anything was sent. */
const NOTHING_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/**
 * Why a call got no answer: the code of the innermost cause, and whether it is certain that the other side got nothing.
 */
export type ConnectionFailure = { readonly code?: string; readonly nothingSent: boolean }

export function connectionFailure(error: unknown): ConnectionFailure {
  const code = codeOf(error)
  return { ...(code === undefined ? {} : { code }), nothingSent: code !== undefined && NOTHING_SENT.has(code) }
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.cause instanceof Error) return codeOf(error.cause)
  if (error.name === 'TimeoutError') return 'TIMEOUT'
  return 'code' in error && typeof error.code === 'string' && /^[A-Z_0-9]{1,60}$/u.test(error.code)
    ? error.code
    : undefined
}
