/**
 * The SQLite schema is the PostgreSQL one with another provider and another output folder.
 *
 * @throws when the schema uses something that SQLite has not
 */
export function deriveSqlite(postgresql: string): string {
  if (/@db\.|^enum /m.test(postgresql)) {
    throw new Error('schema.prisma uses something that SQLite has not: keep to plain types, no @db and no enum')
  }
  return postgresql
    .replace('provider = "postgresql"', 'provider = "sqlite"')
    .replace('src/generated/postgresql', 'src/generated/sqlite')
}
