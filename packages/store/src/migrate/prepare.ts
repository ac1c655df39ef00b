import { randomUUID } from 'node:crypto'
import { inTransaction, type Sql, type SqlConnection } from '../database/sql-connection.ts'
import { StoreError } from '../errors.ts'
import { same, type MasterKeys } from '../sealing/master-keys.ts'
import { straightenTypes, type OddCell } from './column-types.ts'
import { readMigrations, statements, type Migration } from './folder.ts'

/** The number of PostgreSQL's advisory lock that `prisma migrate` takes too. */
const MIGRATE_LOCK = 72_707_369

/** The table of applied migrations, exactly as Prisma's schema engine creates it. */
const MIGRATIONS_TABLE = {
  sqlite: `CREATE TABLE "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
    "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`,
  postgresql: `CREATE TABLE "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`,
} as const

const EXISTS = {
  sqlite: `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1`,
  postgresql: `SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1`,
} as const

/** Reads the key check as bytes, because the types of cells are corrected only later. */
const KEY_CHECK = {
  sqlite: `SELECT CAST("value" AS BLOB) FROM "Setting" WHERE "name" = $1`,
  postgresql: `SELECT "value" FROM "Setting" WHERE "name" = $1`,
} as const

/** The present time. In SQLite, Prisma stores a DATETIME as a number of milliseconds. */
const NOW = { sqlite: `CAST(unixepoch('subsec') * 1000 AS INTEGER)`, postgresql: 'now()' } as const

export type Preparation = {
  readonly dialect: 'sqlite' | 'postgresql'
  readonly migrationsFolder: string
  readonly master: MasterKeys
  readonly applied: (migration: string) => void
  readonly straightened: (cell: OddCell) => void
}

/**
 * Checks the master key, refuses a newer or altered database, and applies missing migrations. All of this is one
 * transaction under a lock. So if the process is killed in the middle, the database stays as it was.
 *
 * @throws StoreError `wrong-key`, `newer-database`, `altered-migration`, `damaged`
 */
export async function prepare(connection: SqlConnection, preparation: Preparation): Promise<void> {
  const { dialect } = preparation
  const migrations = readMigrations(preparation.migrationsFolder, dialect)
  await inTransaction(connection, async (sql) => {
    if (dialect === 'postgresql') await sql.execute(`SELECT pg_advisory_xact_lock(${MIGRATE_LOCK})`)
    const checked = await checkKey(sql, preparation)
    if (checked && dialect === 'sqlite') for (const cell of await straightenTypes(sql)) preparation.straightened(cell)
    for (const migration of await compare(sql, { dialect, migrations })) {
      await apply(sql, { dialect, migration })
      preparation.applied(migration.name)
    }
    if (checked) return
    await sql.execute(`INSERT INTO "Setting" ("name", "value") VALUES ($1, $2)`, [
      'key-check',
      preparation.master.check,
    ])
    await sql.execute(`INSERT INTO "Counter" ("name", "value") VALUES ('outbox', 0)`)
  })
}

/** Checks that the database was made with this master key. Returns false if the database is new. */
async function checkKey(sql: Sql, { dialect, master }: Preparation): Promise<boolean> {
  if ((await sql.rows(EXISTS[dialect], ['Setting'])).length === 0) return false
  const stored = (await sql.rows(KEY_CHECK[dialect], ['key-check']))[0]?.[0]
  if (!(stored instanceof Uint8Array)) {
    throw new StoreError(
      'damaged',
      'The value that shows whether the master key is the right one is gone from the database. Restore the database from a backup.',
    )
  }
  if (same(stored, master.check)) return true
  throw new StoreError(
    'wrong-key',
    'The database was made with another master key. Nothing was changed. Use that key, or another database.',
  )
}

/** The migrations that are still to be applied, oldest first. */
async function compare(
  sql: Sql,
  of: { readonly dialect: Preparation['dialect']; readonly migrations: readonly Migration[] },
): Promise<readonly Migration[]> {
  if ((await sql.rows(EXISTS[of.dialect], ['_prisma_migrations'])).length === 0) {
    await sql.execute(MIGRATIONS_TABLE[of.dialect])
    return of.migrations
  }
  const rows = await sql.rows(
    `SELECT "migration_name", "checksum", "finished_at" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
  )
  const migrations = new Map(of.migrations.map((migration) => [migration.name, migration]))
  for (const [name, checksum, finished] of rows) {
    const known = migrations.get(String(name))
    if (!known) {
      throw new StoreError(
        'newer-database',
        `The database has migration ${String(name)}, which this version of Embargo does not know: a later version has used the database. Start that version, or restore an older backup.`,
      )
    }
    if (known.checksum !== checksum || finished === null) {
      throw new StoreError(
        'altered-migration',
        `Migration ${known.name} had another text when it was applied, or did not finish. Restore a backup, or resolve it with "prisma migrate resolve".`,
      )
    }
  }
  const applied = new Set(rows.map(([name]) => String(name)))
  return of.migrations.filter((migration) => !applied.has(migration.name))
}

async function apply(
  sql: Sql,
  of: { readonly dialect: Preparation['dialect']; readonly migration: Migration },
): Promise<void> {
  for (const statement of statements(of.migration.sql)) await sql.execute(statement)
  await sql.execute(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")
     VALUES ($1, $2, ${NOW[of.dialect]}, $3, ${NOW[of.dialect]}, 1)`,
    [randomUUID(), of.migration.checksum, of.migration.name],
  )
}
