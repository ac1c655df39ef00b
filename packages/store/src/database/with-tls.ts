import { isLoopback } from '@embargo/core'
import { parseIntoClientConfig } from 'pg-connection-string'

type Connection = ReturnType<typeof parseIntoClientConfig>

/**
 * Adds verified TLS to an address, unless it names a `sslmode` or this machine (loopback, a Unix socket). By default,
 * pg uses no TLS, so anyone who answers would get the password.
 */
export function withTls(address: string): string {
  const { hostname, searchParams } = new URL(address)
  // Reads a parameter as pg does: a parameter overrides the part of the address before the path, and the last
  // occurrence of a parameter counts.
  const last = (name: string): string | undefined => searchParams.getAll(name).at(-1)
  const host = last('host') || decodeURIComponent(hostname)
  if (last('sslmode') || isLoopback(host) || host.startsWith('/')) return address
  // The parameter is appended to the text, because writing the address through URL would change how its password is
  // escaped.
  const [beforeFragment = ''] = address.split('#')
  return `${beforeFragment}${beforeFragment.includes('?') ? '&' : '?'}sslmode=verify-full`
}

/** The connection options for pg. */
export function connectionTo(address: string): Connection {
  const connection = parseIntoClientConfig(withTls(address))
  const { ssl } = connection
  if (ssl === undefined || ssl === false) return connection
  // Set explicitly. Otherwise any server that answers would get the password if NODE_TLS_REJECT_UNAUTHORIZED is 0.
  return { ...connection, ssl: { rejectUnauthorized: true, ...(ssl === true ? {} : ssl) } }
}
