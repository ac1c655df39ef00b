import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { MessageId } from '@embargo/core'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drift, readSchema } from '../scripts/migration-diff.ts'
import { ReadablePg } from '../scripts/readable-pg.ts'
import { migrationList, schemaEngine } from '../scripts/schema-engine.ts'
import { WholeScriptLibSql } from '../scripts/whole-script-libsql.ts'
import { MASTER_KEY, silent } from '../src/contract/samples.ts'
import { arriving } from '../src/contract/spool.ts'
import { defaultMigrationsFolder, readMigrations } from '../src/migrate/folder.ts'
import { prepare } from '../src/migrate/prepare.ts'
import { openStore } from '../src/open-store.ts'
import { masterKeys } from '../src/sealing/master-keys.ts'
import { postgresPlace, sqlitePlace, type Place, type Raw } from './places.ts'

/** As if a migration had not been applied yet, once the statements have taken back what it did. */
async function undo(raw: Raw, migration: string, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await raw.execute(statement)
  await raw.execute(`DELETE FROM "_prisma_migrations" WHERE "migration_name" = '${migration}'`)
}

describe('migrations', () => {
  it('make exactly the tables that the schema has, on both databases', async () => {
    expect(await drift()).toEqual([])
  })

  it('differ from a schema that has one column more', async () => {
    const found = await drift(readSchema().replace('model Setting {', 'model Setting {\n  extra String'))
    expect(found.map(({ dialect }) => dialect)).toEqual(['sqlite', 'postgresql'])
    for (const { sql } of found) expect(sql).toContain('"extra" TEXT NOT NULL')
  })

  it('keep the lines that an older program wrote, to be reckoned anew', async () => {
    await using place = await sqlitePlace()
    const database = await place.database()
    const first = mkdtempSync(join(tmpdir(), 'embargo-first-'))
    cpSync(join(defaultMigrationsFolder(), 'sqlite/0001_init'), join(first, 'sqlite/0001_init'), { recursive: true })
    const connection = await new PrismaLibSql({ url: database }).connect()
    await prepare(connection, {
      dialect: 'sqlite',
      migrationsFolder: first,
      master: masterKeys(MASTER_KEY),
      applied: () => undefined,
      straightened: () => undefined,
    })
    await connection.dispose()
    using file = new DatabaseSync(database.replace(/^file:/u, ''))
    file.exec(
      `INSERT INTO "CaseRow" ("stream", "version", "open", "stage", "urgency", "sealed") VALUES ('SEC-2026-0001', 1, 1, 'received', 7, x'00')`,
    )
    await using store = await openStore({ database, masterKey: MASTER_KEY, log: silent })
    expect(await store.readModels.reckonedOtherwise('1:now', 10)).toEqual(['SEC-2026-0001'])
    expect(await store.readModels.count({ open: true })).toBe(1)
    rmSync(first, { recursive: true, force: true })
  })

  describe.each(['sqlite', 'postgresql'] as const)('on %s', (dialect) => {
    let place: Place
    beforeAll(async () => {
      place = dialect === 'sqlite' ? await sqlitePlace() : await postgresPlace()
    })
    afterAll(() => place[Symbol.asyncDispose]())

    it('are recorded so that `prisma migrate` agrees that they were applied', async () => {
      const database = await place.database()
      await (await openStore({ database, masterKey: MASTER_KEY, log: silent }))[Symbol.asyncDispose]()
      const engine = await schemaEngine(
        dialect === 'sqlite' ? new WholeScriptLibSql({ url: database }) : new ReadablePg(database),
      )
      const folder = defaultMigrationsFolder()
      const diagnosis = await engine.diagnoseMigrationHistory({
        migrationsList: migrationList(`${folder}/${dialect}`, readMigrations(folder, dialect)),
        optInToShadowDatabase: false,
        filters: { externalTables: [], externalEnums: [] },
      })
      expect(diagnosis).toMatchObject({
        hasMigrationsTable: true,
        editedMigrationNames: [],
        failedMigrationNames: [],
        history: null,
      })
    })

    it('keep the bytes of mails, which an older program had in their rows', async () => {
      const database = await place.database()
      const options = { database, masterKey: MASTER_KEY, log: silent }
      const mail = arriving({ raw: new Uint8Array(50_000).fill(65) })
      let id: MessageId
      {
        await using store = await openStore(options)
        const stored = await store.spool.store(mail)
        if (stored.is === 'full') throw new Error('unreachable')
        id = stored.id
      }
      {
        await using raw = await place.raw(database)
        await undo(raw, '0006_bytes_of_mails', [
          `ALTER TABLE "Mail" ADD COLUMN "raw" ${dialect === 'sqlite' ? 'BLOB' : 'BYTEA'}`,
          `UPDATE "Mail" SET "raw" = (SELECT "raw" FROM "MailBytes")`,
          'DROP TABLE "MailBytes"',
        ])
      }
      await using store = await openStore(options)
      expect(Buffer.from((await store.spool.open(id))?.raw ?? [])).toEqual(Buffer.from(mail.raw))
      expect((await store.events.verifyLog()).damaged).toEqual([])
    })
  })
})
