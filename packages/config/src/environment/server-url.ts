import { isLoopback } from '@embargo/core'
import type { HostPort } from '../config.ts'
import { Secret } from '../secrets/secret.ts'

/** TLS from the first byte, TLS by a STARTTLS that must succeed, or no encryption. */
export type ServerTls = 'implicit' | 'starttls' | 'plain'

/**
 * A kind of server that we log in to, with its default ports: one for STARTTLS, and one for TLS from the first byte.
 */
type Family = { readonly name: 'smtp' | 'imap'; readonly starttls: number; readonly implicit: number }

/** The ports are from RFC 6409 (submission) and RFC 8314 (TLS from the first byte). */
export const SMTP: Family = { name: 'smtp', starttls: 587, implicit: 465 }
/** The ports are from RFC 9051 and RFC 8314. */
export const IMAP: Family = { name: 'imap', starttls: 143, implicit: 993 }

export type ServerUrl = HostPort & {
  readonly tls: ServerTls
  /** Empty if the URL contains no user. */
  readonly user: string
  readonly password: Secret
  readonly options: URLSearchParams
}

/**
 * The server in a URL such as `imaps://user:password@host:port/?option=value`; undefined if the text is not a URL of
 * this family. Passwords and mails are encrypted unless the server is on this machine or the scheme says `plain`.
 */
export function serverOf(written: string, family: Family): ServerUrl | undefined {
  const url = URL.canParse(written) ? new URL(written) : undefined
  const scheme = url?.protocol.replace(/:$/, '')
  if (url === undefined || url.hostname === '') return undefined
  if (scheme !== family.name && scheme !== `${family.name}s` && scheme !== `${family.name}+plain`) return undefined
  const isPlain = scheme === `${family.name}+plain` || (scheme === family.name && isLoopback(url.hostname))
  const tls = scheme === `${family.name}s` ? 'implicit' : isPlain ? 'plain' : 'starttls'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (tls === 'implicit' ? family.implicit : family.starttls) : Number(url.port),
    tls,
    user: unescaped(url.username),
    password: new Secret(unescaped(url.password)),
    options: url.searchParams,
  }
}

/**
 * Decodes a part of the URL. If the part has a lone %, as a password may have, it cannot be decoded and is used
 * unchanged.
 */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
