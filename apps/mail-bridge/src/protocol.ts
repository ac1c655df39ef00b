/** SMTP with STARTTLS, SMTP inside TLS from the first byte (RFC 8314), or LMTP (RFC 2033). */
export type Protocol = 'smtp' | 'smtps' | 'lmtp'
