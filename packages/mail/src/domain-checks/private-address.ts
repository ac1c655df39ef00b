/**
 * Private (RFC 1918), loopback, link-local and shared (RFC 6598) addresses, and the same kinds of IPv6 addresses (RFC
 * 4193, RFC 4291).
 */
const PRIVATE =
  /^(?:10\.|127\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/iu

/** Whether an address is in a private network. No domain's SPF record can say anything about such an address. */
export const isPrivateAddress = (address: string): boolean => PRIVATE.test(address.replace(/^::ffff:/iu, ''))
