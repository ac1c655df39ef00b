import { createServer } from 'node:https'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DnsError } from '@embargo/mail'
import type { Resolver } from '@embargo/mail'
import { LOCALHOST_CERTIFICATE } from '@embargo/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { DIRECTORY_CERTIFICATE } from '../../test/directory-certificate.ts'
import { createKeyDirectory } from './key-directory.ts'
import type { KeyDirectoryOptions } from './key-directory.ts'
import { isPublicAddress } from './public-address.ts'

const LOCAL = '127.0.0.1'
const ADVANCED = 'openpgpkey.reporter.example'

const opened: AsyncDisposable[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server[Symbol.asyncDispose]()
})

/** A server on this machine; `asked` has the host and path of each request. */
async function serve(
  answer: RequestListener,
  certificate: { readonly key: string; readonly cert: string } = DIRECTORY_CERTIFICATE,
) {
  const asked: string[] = []
  let connections = 0
  const server = createServer(certificate, (request, response) => {
    asked.push(`${request.headers.host?.replace(/:\d+$/u, '')} ${request.url}`)
    answer(request, response)
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, LOCAL, resolve))
  const { port } = server.address() as AddressInfo
  opened.push(server)
  return {
    port,
    asked,
    get connections() {
      return connections
    },
  }
}

const noHost: Resolver = async () => {
  throw new DnsError('ENOTFOUND')
}

/** Every host has these addresses. */
const addresses =
  (...found: readonly string[]): Resolver =>
  async (_, type) =>
    found.filter((address) => address.includes(':') === (type === 'AAAA'))

const only =
  (host: string, resolver: Resolver = addresses(LOCAL)): Resolver =>
  async (name, type) =>
    name === host ? resolver(name, type) : noHost(name, type)

/** Trusts the server's certificate, and treats this machine's address as a public one. */
const find = async (port: number, change: Partial<KeyDirectoryOptions> = {}, address = 'Rea@reporter.example') =>
  createKeyDirectory({
    resolver: addresses(LOCAL),
    isAllowed: (one) => one === LOCAL || isPublicAddress(one),
    port,
    ca: DIRECTORY_CERTIFICATE.cert,
    ...change,
  }).find(address, new AbortController().signal)

const key = Buffer.from('the key')

describe('a Web Key Directory', () => {
  it('is asked by the advanced method', async () => {
    const server = await serve((_, response) => response.end(key))
    expect(await find(server.port)).toEqual({ is: 'found', bytes: key })
    expect(server.asked).toEqual([
      `${ADVANCED} /.well-known/openpgpkey/reporter.example/hu/uhooj48acp4nkhuo4dizjmrna8d6d1th?l=Rea`,
    ])
  })

  it('is asked by the direct method if the domain has no host for the advanced method', async () => {
    const server = await serve((_, response) => response.end(key))
    expect(await find(server.port, { resolver: only('reporter.example') })).toEqual({ is: 'found', bytes: key })
    expect(server.asked).toEqual(['reporter.example /.well-known/openpgpkey/hu/uhooj48acp4nkhuo4dizjmrna8d6d1th?l=Rea'])
  })

  it('is not asked by the direct method if it answered the advanced one without a key', async () => {
    const server = await serve((_, response) => response.writeHead(404).end())
    expect(await find(server.port)).toEqual({ is: 'none' })
    expect(server.asked).toHaveLength(1)
  })

  it.each([
    ['has trouble', 503],
    ['has too much to do', 429],
  ])('that %s may answer later', async (_, status) => {
    const server = await serve((_request, response) => response.writeHead(status).end())
    expect(await find(server.port)).toEqual({ is: 'unreachable' })
  })

  it('counts as unreachable if the name servers do not answer', async () => {
    const server = await serve((_, response) => response.end(key))
    const resolver: Resolver = async () => {
      throw new DnsError('ETIMEOUT')
    }
    expect(await find(server.port, { resolver })).toEqual({ is: 'unreachable' })
    expect(server.connections).toBe(0)
  })

  it('of a domain without any host has no key', async () => {
    expect(await find(1, { resolver: noHost })).toEqual({ is: 'none' })
  })
})

describe('attack by the domain of a sender', () => {
  it.each([
    ['loopback', '127.0.0.2'],
    ['this host', '0.0.0.0'],
    ['private, of 10', '10.1.2.3'],
    ['private, of 172', '172.16.0.1'],
    ['private, of 192.168', '192.168.1.1'],
    ['link-local, with the metadata of a cloud', '169.254.169.254'],
    ['shared by a provider (CGNAT)', '100.64.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['loopback in IPv6', '::1'],
    ['unspecified in IPv6', '::'],
    ['link-local in IPv6', 'fe80::1'],
    ['unique local (ULA)', 'fd00::1'],
    ['IPv4 mapped', '::ffff:127.0.0.1'],
    ['IPv4 mapped, in hexadecimal', '::ffff:7f00:1'],
    ['IPv4 behind NAT64', '64:ff9b::7f00:1'],
    ['IPv4 in 6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
  ])('WKD to private addresses: a host with an address that is %s is not connected to', async (_, address) => {
    const server = await serve((_request, response) => response.end(key))
    expect(await find(server.port, { resolver: addresses(address) })).toEqual({ is: 'unreachable' })
    expect(await find(server.port, { resolver: addresses(LOCAL, address) })).toEqual({ is: 'unreachable' })
    expect(server.connections).toBe(0)
  })

  it('outside of tests, this machine is not connected to', async () => {
    const server = await serve((_, response) => response.end(key))
    const directory = createKeyDirectory({
      resolver: addresses(LOCAL),
      port: server.port,
      ca: DIRECTORY_CERTIFICATE.cert,
    })
    expect(await directory.find('rea@reporter.example', new AbortController().signal)).toEqual({ is: 'unreachable' })
    expect(server.connections).toBe(0)
  })

  it.each(['rea@127.0.0.1', 'rea@0x7f.1', 'rea@2130706433', 'rea@localhost', 'rea@[::1]'])(
    'an address instead of a domain (%s) is not asked for',
    async (address) => {
      const server = await serve((_, response) => response.end(key))
      expect(await find(server.port, {}, address)).toEqual({ is: 'none' })
      expect(server.connections).toBe(0)
    },
  )

  it('DNS rebinding: a name is looked up once for each connection, which goes where that answer says', async () => {
    const server = await serve((_, response) => response.end(key))
    const answers = [[LOCAL], ['10.0.0.1']]
    let at = 0
    const resolver: Resolver = async (_, type) => (type === 'A' ? (answers[at++] ?? []) : [])
    expect(await find(server.port, { resolver })).toEqual({ is: 'found', bytes: key })
    expect(await find(server.port, { resolver })).toEqual({ is: 'unreachable' })
    expect([at, server.connections]).toEqual([2, 1])
  })

  it.each(['http://10.0.0.1/', `https://${LOCAL}:1/`, '/elsewhere', 'https://reporter.example/'])(
    'a redirect to %s is not followed',
    async (location) => {
      const server = await serve((_, response) => response.writeHead(302, { location }).end())
      expect(await find(server.port)).toEqual({ is: 'none' })
      expect(server.connections).toBe(1)
    },
  )

  it('slow drip: an answer that comes byte by byte is given up', async () => {
    const server = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(timer))
    })
    expect(await find(server.port, { timeoutMs: 200 })).toEqual({ is: 'unreachable' })
  })

  it('a server that accepts and says nothing is given up', async () => {
    const server = await serve(() => undefined)
    expect(await find(server.port, { timeoutMs: 200 })).toEqual({ is: 'unreachable' })
  })

  it('endless body: an answer that does not end is cut off', async () => {
    let sent = 0
    const server = await serve((_, response) => {
      const more = (): void => {
        if (response.destroyed) return
        sent += 16_384
        response.write(Buffer.alloc(16_384), more)
      }
      more()
    })
    expect(await find(server.port)).toEqual({ is: 'none' })
    expect(sent).toBeLessThan(16 * 1024 * 1024)
  })

  it('decompression bomb: a compressed answer stays as it is', async () => {
    const server = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(key))
    expect(await find(server.port)).toEqual({ is: 'found', bytes: key })
  })

  it('a header without end is given up', async () => {
    const server = await serve((_, response) => response.writeHead(200, { 'x-more': 'x'.repeat(100_000) }).end(key))
    expect(await find(server.port)).toEqual({ is: 'unreachable' })
  })

  it.each([
    ['of nobody whom this machine trusts', DIRECTORY_CERTIFICATE, {}],
    ['for another host', LOCALHOST_CERTIFICATE, { ca: LOCALHOST_CERTIFICATE.cert }],
  ])('a certificate %s gives no key', async (_, certificate, change) => {
    const server = await serve((_request, response) => response.end(key), certificate)
    const directory = createKeyDirectory({
      resolver: addresses(LOCAL),
      isAllowed: () => true,
      port: server.port,
      ...change,
    })
    expect(await directory.find('rea@reporter.example', new AbortController().signal)).toEqual({ is: 'unreachable' })
    expect(server.asked).toEqual([])
  })
})

describe('an address of a public server', () => {
  it.each(['8.8.8.8', '193.0.6.139', '100.128.0.1', '2001:4860:4860::8888', '2a00:1450:4001::1'])(
    'may be %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )
})
