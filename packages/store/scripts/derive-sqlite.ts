/**
 * Derives the SQLite schema from the PostgreSQL one: only the provider and the output folder differ.
 *
 * @throws when the schema uses something that SQLite lacks
 */
export function deriveSqlite(postgresql: string): string {
  if (/@db\.|^enum /m.test(postgresql)) {
    throw new Error('schema.prisma uses something that SQLite lacks: use plain types, without @db and enum')
  }
  return postgresql
    .replace('provider = "postgresql"', 'provider = "sqlite"')
    .replace('src/generated/postgresql', 'src/generated/sqlite')
}

const OWN_TYPES = 'import type * as Prisma from "./prismaNamespace.ts"'
const SQLITE_TYPES = 'import type * as Prisma from "../../sqlite/internal/prismaNamespace.ts"'

/**
 * Gives the PostgreSQL client the types of the SQLite client. The two clients have generic types that the compiler
 * cannot compare. SQLite has fewer features, so code that uses a feature of PostgreSQL alone (`skipDuplicates`, `mode`)
 * does not compile.
 *
 * @throws when the PostgreSQL client lacks the import that this function replaces
 */
export function typedAsSqlite(postgresqlClass: string): string {
  if (!postgresqlClass.includes(OWN_TYPES)) {
    throw new Error('the generated client does not import its types from where it used to: look at typedAsSqlite')
  }
  return postgresqlClass.replace(OWN_TYPES, SQLITE_TYPES)
}
