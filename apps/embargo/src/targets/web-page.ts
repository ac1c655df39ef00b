import { lookup } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { OutsideError } from '@embargo/engine'
import { isPublicAddress } from '@embargo/mail-bridge'

/**
 * The time limit for the whole request. Without it, a server could keep the request open by sending one byte after
 * another.
 */
const TIMEOUT_MS = 10_000

/** The most bytes of an answer's header. A normal header has about a kilobyte, and some sites set many cookies. */
const MAX_HEADER_BYTES = 32 * 1024

type Rules = {
  /** Servers that may have an address on this machine or its network, as `host` or `host:port`. */
  readonly local: readonly string[]
  /** The certificate authorities to trust, for tests. Default: those that the machine trusts. */
  readonly ca?: string
}

/**
 * The status code of a page. A person typed the link, so it must be HTTPS, and the server must be on the Internet or in
 * `local`. No redirect is followed, and only the status is read.
 *
 * @throws OutsideError if there is no answer
 */
export async function statusOfPage(link: string, { local, ca }: Rules): Promise<number> {
  const { protocol, host, hostname, port, pathname, search } = new URL(link)
  if (protocol !== 'https:') throw new OutsideError('refused', 'A link must begin with https.')
  const isAllowed = (address: string): boolean => local.includes(host) || isPublicAddress(address)
  const name = hostname.replaceAll(/^\[|\]$/gu, '')
  // Node calls `lookup` for a host name, but not for an IP address, so an IP address is checked here.
  if (isIP(name) !== 0 && !isAllowed(name)) throw NOT_PUBLIC
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request({
        host: name,
        port,
        path: `${pathname}${search}`,
        // Each request gets a new connection, so that the address is checked for each request.
        agent: false,
        lookup: lookupOf(isAllowed),
        headers: { 'user-agent': 'embargo', accept: '*/*' },
        maxHeaderSize: MAX_HEADER_BYTES,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ...(ca !== undefined && { ca }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
        .once('response', resolve)
        // If the response is aborted later, the request reports an error here too.
        .on('error', reject)
        .end()
    })
    response.destroy()
    return response.statusCode ?? 0
  } catch (cause) {
    if (cause === NOT_PUBLIC) throw NOT_PUBLIC
    throw new OutsideError('unreachable', 'The link cannot be reached.', { cause })
  }
}

const NOT_PUBLIC = new OutsideError('refused', 'The server of the link is not on the Internet.')

/**
 * Looks up a host name and checks its addresses. The connection uses this lookup, so it goes to an address that was
 * checked. If the check were separate, the connection would look the name up again, and could get another address.
 */
const lookupOf =
  (isAllowed: (address: string) => boolean): LookupFunction =>
  (host, options, callback) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      const [first] = found ?? []
      if (error !== null || first === undefined) callback(error ?? NOT_PUBLIC, '')
      else if (!found.every(({ address }) => isAllowed(address))) callback(NOT_PUBLIC, '')
      else if (options.all === true) callback(null, found)
      else callback(null, first.address, first.family)
    })
