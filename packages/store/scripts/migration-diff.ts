import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WholeScriptLibSql } from './whole-script-libsql.ts'
import { ReadablePg } from './readable-pg.ts'
import { readMigrations } from '../src/migrate/folder.ts'
import { startPostgres, type Postgres } from '@embargo/testkit'
import { deriveSqlite } from './derive-sqlite.ts'
import { migrationList, schemaEngine } from './schema-engine.ts'

const prisma = fileURLToPath(new URL('../../../prisma', import.meta.url))

export const readSchema = (): string => readFileSync(join(prisma, 'schema.prisma'), 'utf8')

export type Drift = { readonly dialect: 'sqlite' | 'postgresql'; readonly sql: string }

/** The parts of the schema that the migrations lack, as SQL. Empty if the schema and the migrations agree. */
export async function drift(
  postgres: Pick<Postgres, 'database'>,
  schema: string = readSchema(),
): Promise<readonly Drift[]> {
  const found: Drift[] = []
  for (const dialect of ['sqlite', 'postgresql'] as const) {
    const adapter =
      dialect === 'sqlite' ? new WholeScriptLibSql({ url: ':memory:' }) : new ReadablePg(await postgres.database())
    const content = dialect === 'sqlite' ? deriveSqlite(schema) : schema
    const engine = await schemaEngine(adapter)
    const { exitCode, stdout } = await engine.diff({
      from: {
        tag: 'migrations',
        ...migrationList(join(prisma, 'migrations', dialect), readMigrations(join(prisma, 'migrations'), dialect)),
      },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    })
    if (exitCode !== 0) found.push({ dialect, sql: stdout ?? '' })
  }
  return found
}

/**
 * `--write NNNN_name` keeps the difference as a new migration. Without `--write`, a difference leads to exit code 2.
 */
async function main(): Promise<void> {
  const write = process.argv.indexOf('--write')
  const name = write < 0 ? undefined : process.argv[write + 1]
  await using postgres = await startPostgres()
  const found = await drift(postgres)
  for (const { dialect, sql } of found) {
    if (name === undefined) {
      process.stdout.write(`-- ${dialect}: in the schema, but not in the migrations\n${sql}\n`)
      continue
    }
    const folder = join(prisma, 'migrations', dialect, name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'migration.sql'), sql)
  }
  if (found.length === 0) process.stdout.write('schema and migrations agree on sqlite and postgresql\n')
  if (found.length > 0 && name === undefined) process.exitCode = 2
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
