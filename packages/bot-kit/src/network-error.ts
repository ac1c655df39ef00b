/** Error codes which mean that the connection was never made, so nothing was sent. */
const NEVER_SENT: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]

/** Whether a network error code means that a call certainly did not reach the platform. */
export const isNeverSent = (code: string): boolean => NEVER_SENT.includes(code)

/** The network's own error code, which `fetch` and the libraries hide one or two causes deep. */
export function networkCode(error: unknown): string | undefined {
  let inner: unknown = error
  for (let depth = 0; depth < 4 && inner instanceof Error; depth += 1) {
    if (inner.name === 'AbortError' || inner.name === 'TimeoutError') return 'timeout'
    if ('code' in inner && typeof inner.code === 'string') return inner.code
    inner = inner.cause
  }
  return undefined
}
