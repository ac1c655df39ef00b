import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultMigrationsFolder, readMigrations } from '../migrate/folder.ts'
import { openStore } from '../open-store.ts'
import type { Suite } from './suite.ts'
import { acknowledged, commitOf, MASTER_KEY, newCase, OTHER_KEY, silent } from './samples.ts'

export function openingContract(suite: Suite): void {
  const open = (database: string, over: Partial<Parameters<typeof openStore>[0]> = {}) =>
    openStore({ database, masterKey: MASTER_KEY, log: silent, ...over })
  const migrations = (database: string) => suite.place().raw(database)
  /** A folder with the program's migrations and one more, which runs this SQL. */
  const withExtra = (sql: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'embargo-migrations-'))
    cpSync(defaultMigrationsFolder(), folder, { recursive: true })
    const extra = join(folder, suite.place().dialect, '9999_later')
    mkdirSync(extra)
    writeFileSync(join(extra, 'migration.sql'), sql)
    return folder
  }

  describe('opening', () => {
    it('keeps everything when the store is closed and opened again', async () => {
      const database = await suite.place().database()
      const stream = newCase()
      await using first = await open(database)
      await first.events.commit(commitOf(stream, { events: [acknowledged('kept')] }))
      await first[Symbol.asyncDispose]()
      await using second = await open(database)
      expect((await second.events.read(stream)).map(({ event }) => event)).toEqual([acknowledged('kept')])
      expect(await second.events.verify(stream)).toMatchObject({ ok: true })
    })

    it('records migrations with their checksums, once', async () => {
      const database = await suite.place().database()
      for (let times = 0; times < 2; times++) await (await open(database))[Symbol.asyncDispose]()
      const expected = readMigrations(defaultMigrationsFolder(), suite.place().dialect).map(({ name, checksum }) => [
        name,
        checksum,
        1,
      ])
      await using raw = await migrations(database)
      expect(
        await raw.rows(
          'SELECT "migration_name", "checksum", "applied_steps_count" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL',
        ),
      ).toEqual(expected)
    })

    it('says that the master key is wrong before it touches anything', async () => {
      const database = await suite.place().database()
      await (await open(database))[Symbol.asyncDispose]()
      const folder = withExtra('CREATE TABLE "Touched" ("id" TEXT NOT NULL PRIMARY KEY);\n')
      await expect(open(database, { masterKey: OTHER_KEY, migrationsFolder: folder })).rejects.toMatchObject({
        name: 'StoreError',
        code: 'wrong-key',
      })
      {
        await using raw = await migrations(database)
        await expect(raw.rows('SELECT * FROM "Touched"')).rejects.toThrow()
      }
      await (await open(database))[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    })

    it('refuses a database that a later version has migrated', async () => {
      const database = await suite.place().database()
      const folder = withExtra('CREATE TABLE "Later" ("id" TEXT NOT NULL PRIMARY KEY);\n')
      await (await open(database, { migrationsFolder: folder }))[Symbol.asyncDispose]()
      await expect(open(database)).rejects.toMatchObject({ name: 'StoreError', code: 'newer-database' })
      rmSync(folder, { recursive: true })
    })

    it('refuses a database if the text of an applied migration was different', async () => {
      const database = await suite.place().database()
      const folder = withExtra('CREATE TABLE "Later" ("id" TEXT NOT NULL PRIMARY KEY);\n')
      await (await open(database, { migrationsFolder: folder }))[Symbol.asyncDispose]()
      writeFileSync(
        join(folder, suite.place().dialect, '9999_later', 'migration.sql'),
        'CREATE TABLE "Other" ("id" TEXT);\n',
      )
      await expect(open(database, { migrationsFolder: folder })).rejects.toMatchObject({ code: 'altered-migration' })
      rmSync(folder, { recursive: true })
    })

    it('leaves the database as it was if a migration fails half way', async () => {
      const database = await suite.place().database()
      await (await open(database))[Symbol.asyncDispose]()
      const folder = withExtra(
        'CREATE TABLE "Half" ("id" TEXT NOT NULL PRIMARY KEY);\n\nCREATE TABLE "Half" ("id" TEXT NOT NULL PRIMARY KEY);\n',
      )
      await expect(open(database, { migrationsFolder: folder })).rejects.toThrow()
      {
        await using raw = await migrations(database)
        await expect(raw.rows('SELECT * FROM "Half"')).rejects.toThrow()
      }
      await (await open(database))[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    })

    it('refuses a key of the wrong length', async () => {
      await expect(open(await suite.place().database(), { masterKey: new Uint8Array(16) })).rejects.toThrow(RangeError)
    })
  })
}
