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
  it('make exactly the tables that the schema has, on both databases', async () => {
    expect(await drift()).toEqual([])
  })

  it('differ from a schema that has one column more', async () => {
    const found = await drift(readSchema().replace('model Setting {', 'model Setting {\n  extra String'))
    expect(found.map(({ dialect }) => dialect)).toEqual(['sqlite', 'postgresql'])
    for (const { sql } of found) expect(sql).toContain('"extra" TEXT NOT NULL')
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
  })
})
