import type { LookupAddress } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isIPv6 } from 'node:net'
import type { LookupFunction } from 'node:net'
import type { DirectoryAnswer, KeyDirectory } from '@embargo/engine'
import { directoryPlaces, DnsError } from '@embargo/mail'
import type { Resolver } from '@embargo/mail'
import { isPublicAddress } from './public-address.ts'

export type KeyDirectoryOptions = {
  /** Asks the name servers. */
  readonly resolver: Resolver
  /** Whether we may connect to an address. Except in tests, only the addresses of public servers are allowed. */
  readonly isAllowed?: (address: string) => boolean
  readonly port?: number
  /** The certificate authorities to trust, for tests. Default: those that the machine trusts. */
  readonly ca?: string
  readonly timeoutMs?: number
}

/**
 * How long the advanced and the direct method of WKD may take together, in milliseconds. Without this limit, a server
 * could keep the request open by sending one byte after another.
 */
const TIMEOUT_MS = 10_000

/**
 * The most bytes of an answer: enough for a key with the certifications of many people. Stops an answer without end.
 */
const MAX_ANSWER_BYTES = 256 * 1024

/** The most bytes of an answer's header. A normal header has about a kilobyte. */
const MAX_HEADER_BYTES = 8 * 1024

/** The host of a mail domain must end in a name. If a host ends in a number, some programs read it as an IP address. */
const HOST = /\.[a-z][a-z0-9-]*$/u

const HTTPS = 443

/**
 * Asks the Web Key Directory of an address's domain (draft-koch-openpgp-webkey-service section 3.1). The sender of a
 * mail chooses that domain, so its host name may lead to any machine. So we connect only to public addresses, only by
 * TLS, and only to a server with a trusted certificate. No redirect is followed, and no cookie, cached answer or
 * connection is kept.
 */
export function createKeyDirectory(options: KeyDirectoryOptions): KeyDirectory {
  const { timeoutMs = TIMEOUT_MS } = options
  return {
    async find(address, stopping) {
      const places = directoryPlaces(address)
      if (places === undefined || !HOST.test(places.direct.host)) return { is: 'none' }
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)])
      const query = `?l=${encodeURIComponent(places.local)}`
      const ask = async ({ host, folder }: typeof places.direct): Promise<Answer> =>
        get(host, `/${folder}/hu/${places.file}${query}`, { ...options, signal })
      const advanced = await ask(places.advanced)
      const answer = advanced.is === 'no-host' ? await ask(places.direct) : advanced
      return answer.is === 'no-host' ? { is: 'none' } : answer
    },
  }
}

type Answer = DirectoryAnswer | { readonly is: 'no-host' }

type Question = KeyDirectoryOptions & { readonly signal: AbortSignal }

async function get(host: string, path: string, question: Question): Promise<Answer> {
  const { isAllowed = isPublicAddress, resolver, port = HTTPS, ca, signal } = question
  try {
    const addresses = await allowedAddresses(resolver, host, isAllowed)
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request({
        host,
        port,
        path,
        // Each request gets a new connection, so that the address is checked for each request.
        agent: false,
        lookup: lookupOf(addresses),
        headers: { accept: 'application/octet-stream', 'accept-encoding': 'identity' },
        maxHeaderSize: MAX_HEADER_BYTES,
        // Set explicitly, because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise take a key from any server.
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ...(ca !== undefined && { ca }),
        signal,
      })
        .once('response', resolve)
        // The request also reports an error here if it is aborted while the answer is read. The promise is already
        // resolved then, so `reject` does nothing.
        .on('error', reject)
        .end()
    })
    return await answerOf(response)
  } catch (error) {
    return isNoHost(error) ? { is: 'no-host' } : { is: 'unreachable' }
  }
}

async function answerOf(response: IncomingMessage): Promise<Answer> {
  const { statusCode = 0 } = response
  if (statusCode !== 200) {
    response.destroy()
    return { is: statusCode >= 500 || statusCode === 429 ? 'unreachable' : 'none' }
  }
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response) {
    bytes += part.length
    // Leaving the loop ends the connection.
    if (bytes > MAX_ANSWER_BYTES) return { is: 'none' }
    parts.push(part)
  }
  return { is: 'found', bytes: Buffer.concat(parts) }
}

/**
 * Makes the connection use these addresses, which were checked, instead of looking the name up again: by then the name
 * could lead to another address.
 */
const lookupOf =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_host, { all }, callback) => {
    const [first] = addresses
    if (first === undefined) callback(new DnsError('ENOTFOUND'), '')
    else if (all === true) callback(null, [...addresses])
    else callback(null, first.address, first.family)
  }

/** The addresses of a host. If one of them is not allowed, none is used. @throws DnsError */
async function allowedAddresses(
  resolver: Resolver,
  host: string,
  isAllowed: (address: string) => boolean,
): Promise<readonly LookupAddress[]> {
  const addresses = await addressesOf(resolver, host)
  if (!addresses.every(isAllowed)) throw new DnsError('EADDRNOTAVAIL')
  return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
}

/** @throws what the resolver throws if there is no address at all */
async function addressesOf(resolver: Resolver, host: string): Promise<readonly string[]> {
  const [v4, v6] = await Promise.allSettled([resolver(host, 'A'), resolver(host, 'AAAA')])
  const found = [v4, v6].flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const addresses = found.filter((one) => typeof one === 'string')
  if (addresses.length > 0) return addresses
  const failed = [v4, v6].flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  // If a name server did not answer, it is unknown whether the host exists.
  throw failed.find((error) => !isNoHost(error)) ?? new DnsError('ENOTFOUND')
}

const isNoHost = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA')
