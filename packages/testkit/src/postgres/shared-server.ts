import { once } from 'node:events'
import { createServer } from 'node:http'
import { SHARED_SERVER, ownPostgres } from './postgres.ts'
import type { Postgres } from './postgres.ts'

/**
 * The global setup of Vitest: one PostgreSQL for all test files of a run, because starting a server takes seconds. The
 * server starts when the first file requests a database, and ends with the run.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  // Another Vitest project of the same run has already set up the server.
  if (process.env[SHARED_SERVER] !== undefined) return undefined
  let postgres: Promise<Postgres> | undefined
  const server = createServer((_request, response) => {
    postgres ??= ownPostgres()
    postgres
      .then((started) => started.database())
      .then(
        (address) => response.end(address),
        (error: unknown) => response.writeHead(500).end(String(error)),
      )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.env[SHARED_SERVER] = `http://127.0.0.1:${port}`
  return async () => {
    delete process.env[SHARED_SERVER]
    server.close()
    server.closeAllConnections()
    await (await postgres)?.[Symbol.asyncDispose]()
  }
}
