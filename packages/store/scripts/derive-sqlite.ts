/**
 * The SQLite schema is the PostgreSQL one with another provider and another output folder.
 *
 * @throws when the schema uses something that SQLite lacks
 */
export function deriveSqlite(postgresql: string): string {
  if (/@db\.|^enum /m.test(postgresql)) {
    throw new Error('schema.prisma uses something that SQLite lacks: keep to plain types, no @db and no enum')
  }
  return postgresql
    .replace('provider = "postgresql"', 'provider = "sqlite"')
    .replace('src/generated/postgresql', 'src/generated/sqlite')
}

const OWN_TYPES = 'import type * as Prisma from "./prismaNamespace.ts"'
const SQLITE_TYPES = 'import type * as Prisma from "../../sqlite/internal/prismaNamespace.ts"'

/**
 * The PostgreSQL client, with SQLite's types. Both come from one schema, and the compiler cannot compare two clients
 * through their generics; so both have the types of the database that can do less, and what only PostgreSQL can
 * (`skipDuplicates`, `mode`) does not compile.
 *
 * @throws when Prisma writes its client in another way than when this was written
 */
export function typedAsSqlite(postgresqlClass: string): string {
  if (!postgresqlClass.includes(OWN_TYPES)) {
    throw new Error('the generated client does not import its types from where it used to: look at typedAsSqlite')
  }
  return postgresqlClass.replace(OWN_TYPES, SQLITE_TYPES)
}
