import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'
import { LOCALHOST_CERTIFICATE } from '@embargo/testkit'
import { expect, it, vi } from 'vitest'
import { MASTER_KEY, silent } from '../contract/samples.ts'
import { openStore } from '../open-store.ts'
import { withTls } from './with-tls.ts'

const VERIFIED = 'sslmode=verify-full'

it.each([
  ['postgresql://u:p@db.example/x', `postgresql://u:p@db.example/x?${VERIFIED}`],
  ['postgresql://u:p%40w@db.example/x?ssl=0', `postgresql://u:p%40w@db.example/x?ssl=0&${VERIFIED}`],
  ['postgresql://u:p@db.example/x#part', `postgresql://u:p@db.example/x?${VERIFIED}`],
  ['postgresql://u:p@0.0.0.0/x', `postgresql://u:p@0.0.0.0/x?${VERIFIED}`],
  ['postgresql://u:p@localhost/x?host=db.example', `postgresql://u:p@localhost/x?host=db.example&${VERIFIED}`],
  [
    'postgresql://u:p@db.example/x?host=localhost&host=db.example',
    `postgresql://u:p@db.example/x?host=localhost&host=db.example&${VERIFIED}`,
  ],
  [
    'postgresql://u:p@db.example/x?sslmode=disable&sslmode=',
    `postgresql://u:p@db.example/x?sslmode=disable&sslmode=&${VERIFIED}`,
  ],
  // Without a host in the address, pg uses PGHOST, which can name any host.
  ['postgresql:///x', `postgresql:///x?${VERIFIED}`],
])('%s is reached by verified TLS', (address, reached) => {
  expect(withTls(address)).toBe(reached)
})

it.each([
  'postgresql://u:p@localhost/x',
  'postgres://u:p@127.0.0.1:5433/x',
  'postgresql://u:p@[::1]/x',
  'postgresql:///x?host=/var/run/postgresql',
  'postgresql://%2Fvar%2Frun%2Fpostgresql/x',
  'postgresql://u:p@db.example/x?sslmode=disable',
  'postgresql://u:p@db.example/x?sslmode=verify-full',
])('%s is used as it is written', (address) => {
  expect(withTls(address)).toBe(address)
})

it.each(['', '?ssl=0', '?host=localhost&host=0.0.0.0'])(
  'a server beyond loopback without TLS gets no password (%j)',
  async (parameters) => {
    const received: Buffer[] = []
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      // A PostgreSQL server without TLS answers an SSLRequest with "N". It answers a startup message by requesting a
      // password.
      socket.on('data', (bytes) => {
        received.push(bytes)
        socket.write(bytes.length === SSL_REQUEST.length ? 'N' : CLEARTEXT_PASSWORD)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const database = `postgresql://embargo:marzipan@0.0.0.0:${port}/cases${parameters}`
    await expect(openStore({ database, masterKey: MASTER_KEY, log: silent })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/TLS.*No password was sent.*sslmode=disable/u),
    })
    await new Promise((resolve) => server.close(resolve))
    expect(received).toEqual([SSL_REQUEST])
  },
)

it('a server with an untrusted certificate gets no password, whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  const received: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write('S')
      const secured = new TLSSocket(socket, { isServer: true, ...LOCALHOST_CERTIFICATE })
      secured.on('error', () => undefined)
      secured.on('data', (bytes: Buffer) => {
        received.push(bytes.toString('latin1'))
        if (received.at(-1)?.includes('marzipan')) socket.destroy()
        else secured.write(CLEARTEXT_PASSWORD)
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  for (const parameters of ['', '?sslmode=verify-full', '?sslmode=require']) {
    const database = `postgresql://embargo:marzipan@0.0.0.0:${port}/cases${parameters}`
    await openStore({ database, masterKey: MASTER_KEY, log: silent }).catch(() => undefined)
  }
  vi.unstubAllEnvs()
  server.close()
  expect(received).toEqual([])
})

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
const CLEARTEXT_PASSWORD = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3])
