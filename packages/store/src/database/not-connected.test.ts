import { once } from 'node:events'
import { createServer } from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresPlace } from '../../test/places.ts'
import { MASTER_KEY, silent } from '../contract/samples.ts'
import { openStore } from '../open-store.ts'

describe('a PostgreSQL that cannot be opened', () => {
  const open = new AsyncDisposableStack()
  let database = ''
  let closed = 0
  beforeAll(async () => {
    database = await open.use(await postgresPlace()).database()
    // Finds a port on which nothing listens: takes a free port from the system and closes the server again.
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    closed = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise((resolve) => server.close(resolve))
  })
  afterAll(() => open.disposeAsync())
  const PASSWORD = 'marzipan-password'
  const at = (change: (url: URL) => void): string => {
    const url = new URL(database)
    change(url)
    return url.href
  }

  it.each<{ what: string; url: () => string; code: string; says: () => readonly string[] }>([
    {
      what: 'nothing listens',
      url: () => `postgresql://embargo:${PASSWORD}@127.0.0.1:${closed}/cases`,
      code: 'unreachable',
      says: () => [`127.0.0.1:${closed}`, 'nothing listens there', 'EMBARGO_DATABASE', 'start the server'],
    },
    {
      what: 'nothing listens on any address of the name',
      url: () => `postgresql://embargo:${PASSWORD}@localhost:${closed}/cases`,
      code: 'unreachable',
      says: () => [`localhost:${closed}`, 'nothing listens there'],
    },
    {
      what: 'there is no such host',
      url: () => `postgresql://embargo:${PASSWORD}@db.invalid/cases`,
      code: 'unreachable',
      says: () => ['db.invalid:5432', 'host'],
    },
    {
      what: 'the password is another',
      url: () => at((url) => (url.password = PASSWORD)),
      code: 'access-denied',
      says: () => [new URL(database).host, '“embargo”', 'password'],
    },
    {
      what: 'there is no such database',
      url: () => at((url) => (url.pathname = '/missing')),
      code: 'no-database',
      says: () => ['no database “missing”', 'createdb --owner=embargo missing'],
    },
    {
      what: 'it has no TLS',
      url: () => at((url) => url.searchParams.set('sslmode', 'verify-full')),
      code: 'unreachable',
      says: () => ['TLS', 'sslmode'],
    },
  ])('says where, why and what to do when $what', async ({ url, code, says }) => {
    const opening = openStore({ database: url(), masterKey: MASTER_KEY, log: silent })
    const error: unknown = await opening.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ name: 'StoreError', code })
    const message = error instanceof Error ? error.message : ''
    for (const words of says()) expect(message).toContain(words)
    expect(message).not.toContain(PASSWORD)
    expect(message).not.toContain(new URL(database).password)
  })

  it.each(['REVOKE CREATE ON SCHEMA public FROM PUBLIC', 'REVOKE ALL ON SCHEMA public FROM PUBLIC'])(
    'says so when the user may not make tables: %s',
    async (revoked) => {
      const connection = await new PrismaPg(database).connect()
      const role = revoked.includes('CREATE') ? 'reader' : 'stranger'
      for (const sql of [`CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}'`, revoked])
        await connection.executeRaw({ sql, args: [], argTypes: [] })
      await connection.dispose()
      const url = at((each) => {
        each.username = role
        each.password = PASSWORD
      })
      await expect(openStore({ database: url, masterKey: MASTER_KEY, log: silent })).rejects.toMatchObject({
        code: 'access-denied',
        message: expect.stringContaining(
          `Make the user its owner: ALTER DATABASE "${new URL(database).pathname.slice(1)}" OWNER TO "${role}"`,
        ),
      })
    },
  )
})
