import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Migration = {
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file in lower-case hexadecimal, as `prisma migrate` computes it. */
  readonly checksum: string
}

/**
 * The folder of the migrations. A built package has its own copy in `dist/migrations`. Otherwise, the folder is
 * `prisma/migrations` of the repository. This file is equally deep in `src` and in `dist`, so the relative paths fit
 * both.
 */
export function defaultMigrationsFolder(): string {
  const packed = fileURLToPath(new URL('../migrations', import.meta.url))
  return existsSync(packed) ? packed : fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url))
}

/** The migrations of one database, in order. */
export function readMigrations(folder: string, dialect: 'sqlite' | 'postgresql'): readonly Migration[] {
  const base = join(folder, dialect)
  return readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(base, name, 'migration.sql'))
      return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') }
    })
}

/**
 * Splits a migration into its statements. Prisma ends each statement with a semicolon at the end of a line, and puts
 * each comment on a separate line.
 */
export const statements = (sql: string): readonly string[] =>
  sql
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
