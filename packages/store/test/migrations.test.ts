import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drift, readSchema } from '../scripts/migration-diff.ts'
import { ReadablePg } from '../scripts/readable-pg.ts'
import { migrationList, schemaEngine } from '../scripts/schema-engine.ts'
import { WholeScriptLibSql } from '../scripts/whole-script-libsql.ts'
import { MASTER_KEY, silent } from '../src/contract/samples.ts'
import { defaultMigrationsFolder, readMigrations } from '../src/migrate/folder.ts'
import { openStore } from '../src/open-store.ts'
import { postgresPlace, sqlitePlace, type Place } from './places.ts'

describe('migrations', () => {
  let sqlite: Place
  let postgres: Place
  beforeAll(async () => {
    sqlite = await sqlitePlace()
    postgres = await postgresPlace()
  })
  afterAll(async () => {
    await sqlite[Symbol.asyncDispose]()
    await postgres[Symbol.asyncDispose]()
  })

  it('make exactly the tables of the schema, on both databases', async () => {
    expect(await drift(postgres)).toEqual([])
  })

  it('differ from a schema that has an additional column', async () => {
    const found = await drift(postgres, readSchema().replace('model Setting {', 'model Setting {\n  extra String'))
    expect(found.map(({ dialect }) => dialect)).toEqual(['sqlite', 'postgresql'])
    for (const { sql } of found) expect(sql).toContain('"extra" TEXT NOT NULL')
  })

  it.each(['sqlite', 'postgresql'] as const)(
    'are recorded so that `prisma migrate` agrees that they were applied on %s',
    async (dialect) => {
      const database = await (dialect === 'sqlite' ? sqlite : postgres).database()
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
    },
  )
})
