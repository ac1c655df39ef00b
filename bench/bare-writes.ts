import { join } from 'node:path'
import Libsql from 'libsql'
import pg from 'pg'
import { timed } from './figure.ts'

const ROWS = 1_000
const ROW_BYTES = 64

/**
 * The minimum cost of a durable write on this machine, without Embargo. Writes small rows one after the other, each in
 * its own commit, directly through the driver. Each commit is on the disk before the next row is written.
 * @param place a folder for SQLite, the address of an empty database for PostgreSQL
 * @returns rows per second
 */
export async function bareWrites(dialect: 'sqlite' | 'postgresql', place: string): Promise<number> {
  const took = dialect === 'sqlite' ? await bySqlite(place) : await byPostgres(place)
  return (ROWS / took) * 1000
}

const values = (row: number): readonly [string, Buffer] => [`row-${row}`, Buffer.alloc(ROW_BYTES, row)]

async function bySqlite(folder: string): Promise<number> {
  const db = new Libsql(join(folder, `bare-${performance.now()}.db`))
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON']) db.pragma(pragma)
  db.exec('CREATE TABLE "Bare" ("id" TEXT NOT NULL PRIMARY KEY, "bytes" BLOB NOT NULL)')
  const insert = db.prepare('INSERT INTO "Bare" VALUES (?, ?)')
  try {
    return await timed(() => {
      for (let row = 0; row < ROWS; row += 1) insert.run(...values(row))
    })
  } finally {
    db.close()
  }
}

async function byPostgres(address: string): Promise<number> {
  const client = new pg.Client({ connectionString: address, options: '-c synchronous_commit=on' })
  await client.connect()
  try {
    await client.query('CREATE TABLE "Bare" ("id" TEXT NOT NULL PRIMARY KEY, "bytes" BYTEA NOT NULL)')
    return await timed(async () => {
      for (let row = 0; row < ROWS; row += 1)
        await client.query({ name: 'bare', text: 'INSERT INTO "Bare" VALUES ($1, $2)', values: [...values(row)] })
    })
  } finally {
    await client.end()
  }
}
