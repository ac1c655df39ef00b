import { PrismaLibSql } from '@prisma/adapter-libsql'

type Client = ReturnType<PrismaLibSql['createClient']>
type Transaction = Awaited<ReturnType<Client['transaction']>>
export type Connection = Awaited<ReturnType<PrismaLibSql['connect']>>

/**
 * libSQL's client gives its connection away to each transaction and opens another one afterwards, which loses every
 * PRAGMA. Here one connection stays, and a transaction that Prisma asks for inside ours becomes a savepoint.
 */
export class KeptLibSql extends PrismaLibSql {
  #connection: Promise<Connection> | undefined

  override connect(): Promise<Connection> {
    this.#connection ??= super.connect()
    return this.#connection
  }

  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]): Client {
    const client = super.createClient(config)
    let closed = true
    client.transaction = async (): Promise<Transaction> => {
      await client.execute('SAVEPOINT inner_work')
      closed = false
      const end = async (...statements: readonly string[]): Promise<void> => {
        closed = true
        for (const statement of statements) await client.execute(statement)
      }
      return {
        execute: (statement) => client.execute(statement),
        batch: () => Promise.reject(new Error('not used by Prisma')),
        executeMultiple: () => Promise.reject(new Error('not used by Prisma')),
        commit: () => end('RELEASE inner_work'),
        rollback: () => end('ROLLBACK TO inner_work', 'RELEASE inner_work'),
        close: () => undefined,
        get closed() {
          return closed
        },
      }
    }
    return client
  }
}

/** Runs one statement. Not by `executeScript`, which rolls an open transaction back when it returns. */
export const run = async (connection: Connection, sql: string): Promise<void> => {
  await connection.executeRaw({ sql, args: [], argTypes: [] })
}
