import Libsql from 'libsql'
import pg from 'pg'

/** Statements that write. Outside of a transaction, each is a transaction of its own. */
const WRITES: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'WITH'])
const ENDS: ReadonlySet<string> = new Set(['COMMIT', 'ROLLBACK'])

/** Counts the statements that this process's drivers ran since the last reset. */
export class StatementCount {
  statements = 0
  /**
   * The number of transactions that wrote. Each needs an fsync, but PostgreSQL can do one fsync for several
   * transactions.
   */
  commits = 0
  /** Connections with an open transaction. */
  readonly #open = new WeakSet<object>()

  reset(): void {
    this.statements = 0
    this.commits = 0
  }

  one(connection: object, sql: string): void {
    this.statements += 1
    const [word = ''] = sql.trimStart().split(/\s/u, 1)
    if (word === 'BEGIN') this.#open.add(connection)
    else if (word === 'COMMIT' || (WRITES.has(word) && !this.#open.has(connection))) this.commits += 1
    if (ENDS.has(word)) this.#open.delete(connection)
  }
}

/** Starts to count the statements, by wrapping the drivers of the store. */
export function countStatements(): StatementCount {
  const count = new StatementCount()
  Libsql.prototype.prepare = new Proxy(Libsql.prototype.prepare, {
    apply(prepare, db: Libsql.Database, [sql]: [string]) {
      const statement: Libsql.Statement<unknown[]> = Reflect.apply(prepare, db, [sql])
      const { run, all } = statement
      statement.run = (...values) => {
        count.one(db, sql)
        return run.apply(statement, values)
      }
      statement.all = (...values) => {
        count.one(db, sql)
        return all.apply(statement, values)
      }
      return statement
    },
  })
  pg.Client.prototype.query = new Proxy(pg.Client.prototype.query, {
    apply(query, client: pg.Client, args: unknown[]) {
      const [first] = args
      if (typeof first === 'string') count.one(client, first)
      else if (first !== null && typeof first === 'object' && 'text' in first) count.one(client, String(first.text))
      return Reflect.apply(query, client, args)
    },
  })
  return count
}
