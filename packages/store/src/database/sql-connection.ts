import type { PrismaPg } from '@prisma/adapter-pg'
import type { Connection } from './single-connection-libsql.ts'

/** A bare connection of either database, for work before the tables exist. */
export type SqlConnection = Connection | Awaited<ReturnType<PrismaPg['connect']>>
type Transaction = Awaited<ReturnType<SqlConnection['startTransaction']>>

export type Sql = {
  execute(sql: string, args?: readonly (string | Uint8Array)[]): Promise<void>
  rows(sql: string, args?: readonly (string | Uint8Array)[]): Promise<readonly (readonly unknown[])[]>
}

const query = (sql: string, args: readonly (string | Uint8Array)[] = []): Parameters<Transaction['queryRaw']>[0] => ({
  sql,
  args: [...args],
  argTypes: args.map((arg) => ({ scalarType: typeof arg === 'string' ? 'string' : 'bytes', arity: 'scalar' })),
})

const over = (queryable: Pick<Transaction, 'executeRaw' | 'queryRaw'>): Sql => ({
  execute: async (sql, args) => {
    await queryable.executeRaw(query(sql, args))
  },
  rows: async (sql, args) => (await queryable.queryRaw(query(sql, args))).rows,
})

/** Runs the work in one transaction, which is committed when the work resolves and rolled back when it throws. */
export async function inTransaction(connection: SqlConnection, work: (sql: Sql) => Promise<void>): Promise<void> {
  if (connection.provider === 'sqlite') {
    const sql = over(connection)
    await sql.execute('BEGIN IMMEDIATE')
    try {
      await work(sql)
      await sql.execute('COMMIT')
    } catch (error) {
      await sql.execute('ROLLBACK').catch(() => undefined)
      throw error
    }
    return
  }
  const transaction = await connection.startTransaction()
  const sql = over(transaction)
  try {
    await work(sql)
    await sql.execute('COMMIT')
    await transaction.commit()
  } catch (error) {
    await sql.execute('ROLLBACK').catch(() => undefined)
    await transaction.rollback()
    throw error
  }
}
