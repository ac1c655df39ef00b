import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { isTaken } from './failures.ts'
import { PreparedStatements } from './prepared-statements.ts'

const LARGE = 100_000

function opened() {
  const db = new Libsql(':memory:')
  const prepared: string[] = []
  const statements = new PreparedStatements(db, (sql) => {
    prepared.push(sql)
    return sql
  })
  statements.execute('CREATE TABLE "T" ("id" TEXT PRIMARY KEY, "n" BIGINT, "bytes" BLOB, "yes" BOOLEAN)', [])
  return { statements, prepared }
}
const INSERT = 'INSERT INTO "T" ("id", "n", "bytes", "yes") VALUES ($1, $2, $3, $4)'

describe('prepared statements', () => {
  it('prepare a statement once, and return its values as numbers and bytes', () => {
    const { statements, prepared } = opened()
    expect(statements.execute(INSERT, ['a', 5n, new Uint8Array([1, 2]), true]).rowsAffected).toBe(1)
    statements.execute(INSERT, ['b', null, null, false])
    expect(prepared.filter((sql) => sql === INSERT)).toEqual([INSERT])
    const { columns, columnTypes, rows } = statements.execute('SELECT * FROM "T" ORDER BY "id"', [])
    expect([columns, columnTypes]).toEqual([
      ['id', 'n', 'bytes', 'yes'],
      ['TEXT', 'BIGINT', 'BLOB', 'BOOLEAN'],
    ])
    expect(rows).toEqual([
      ['a', 5, new Uint8Array([1, 2]).buffer, 1],
      ['b', null, null, 0],
    ])
  })

  it('do not keep large bytes after they ran', () => {
    const { statements, prepared } = opened()
    for (const id of ['a', 'b']) statements.execute(INSERT, [id, 1, new Uint8Array(LARGE), true])
    expect(prepared.filter((sql) => sql === INSERT)).toEqual([INSERT, INSERT])
  })

  it('see a table that was changed in the meantime', () => {
    const { statements } = opened()
    expect(statements.execute('SELECT * FROM "T"', []).columns).not.toContain('more')
    statements.execute('ALTER TABLE "T" ADD COLUMN "more" TEXT', [])
    expect(statements.execute('SELECT * FROM "T"', []).columns).toContain('more')
  })

  it('still work after a statement failed', () => {
    const { statements } = opened()
    statements.execute(INSERT, ['a', 1, null, true])
    const again = (): unknown => statements.execute(INSERT, ['a', 2, null, true])
    expect(again).toThrow('UNIQUE')
    expect(isTaken(caught(again))).toBe(true)
    expect(statements.execute(INSERT, ['b', 2, null, true]).rowsAffected).toBe(1)
  })
})

function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
