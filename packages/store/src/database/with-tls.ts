import { isLoopback } from '@embargo/core'
import { parseIntoClientConfig } from 'pg-connection-string'

type Connection = ReturnType<typeof parseIntoClientConfig>

/**
 * The address, with verified TLS where it names neither a `sslmode` nor this machine (loopback, a Unix socket).
 * Otherwise pg takes what PGSSLMODE or `?ssl=` says, plain by default, and anyone who answers gets the password.
 */
export function withTls(address: string): string {
  const { hostname, searchParams } = new URL(address)
  // As pg reads it: a parameter takes precedence over the part before the path, and its last occurrence over the
  // others.
  const last = (name: string): string | undefined => searchParams.getAll(name).at(-1)
  const host = last('host') || decodeURIComponent(hostname)
  if (last('sslmode') || isLoopback(host) || host.startsWith('/')) return address
  // Appended, not written through URL, which would change how the password in it is escaped.
  const [beforeFragment = ''] = address.split('#')
  return `${beforeFragment}${beforeFragment.includes('?') ? '&' : '?'}sslmode=verify-full`
}

/** The connection options for pg. */
export function connectionTo(address: string): Connection {
  const connection = parseIntoClientConfig(withTls(address))
  const { ssl } = connection
  if (ssl === undefined || ssl === false) return connection
  // Set explicitly, because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise give the password to any server that
  // answers.
  return { ...connection, ssl: { rejectUnauthorized: true, ...(ssl === true ? {} : ssl) } }
}
