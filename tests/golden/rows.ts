import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaPg } from '@prisma/adapter-pg'

type Cell = string | number | null | { readonly hex: string }
type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }

/** Every row of a database, by table, in a form that both databases can import. */
export type Rows = Readonly<Record<string, Table>>

type Connection = Pick<Awaited<ReturnType<PrismaPg['connect']>>, 'executeRaw' | 'queryRaw' | 'dispose'>

/**
 * Tables that belong to Prisma's migrations or to SQLite itself. They are not copied, because creating our tables fills
 * them.
 */
const NOT_OURS = /^(?:_prisma|sqlite_)/u

/** Reads every table of the SQLite database at this address (`file:…`). */
export async function readRows(database: string): Promise<Rows> {
  const sql = await new PrismaLibSql({ url: database }).connect()
  try {
    const names = await query(sql, `SELECT "name" FROM "sqlite_master" WHERE "type" = 'table' ORDER BY "name"`)
    const tables: [string, Table][] = []
    for (const [name] of names.rows.map(([cell]) => [String(cell)] as const)) {
      if (NOT_OURS.test(name)) continue
      const { columnNames } = await query(sql, `SELECT * FROM "${name}" LIMIT 0`)
      const cells = columnNames.map(
        (column) =>
          `CASE typeof("${column}") WHEN 'blob' THEN hex("${column}") ELSE CAST("${column}" AS TEXT) END, typeof("${column}")`,
      )
      const { rows } = await query(sql, `SELECT ${cells.join(', ')} FROM "${name}" ORDER BY "rowid"`)
      tables.push([
        name,
        {
          columns: columnNames,
          rows: rows.map((row) => columnNames.map((_, at) => cellOf(row[2 * at], row[2 * at + 1]))),
        },
      ])
    }
    return Object.fromEntries(tables)
  } finally {
    await sql.dispose()
  }
}

function cellOf(text: unknown, type: unknown): Cell {
  switch (type) {
    case 'null':
      return null
    case 'blob':
      return { hex: String(text) }
    case 'text':
      return String(text)
    default:
      return Number(text)
  }
}

/** Fills newly created tables with these rows and no others. */
export async function writeRows(
  place: { readonly is: 'sqlite' | 'postgresql'; readonly database: string },
  rows: Rows,
): Promise<void> {
  const sql: Connection = await (place.is === 'sqlite'
    ? new PrismaLibSql({ url: place.database }).connect()
    : new PrismaPg(place.database).connect())
  try {
    for (const [name, table] of Object.entries(rows)) {
      await execute(sql, `DELETE FROM "${name}"`)
      const booleans = place.is === 'postgresql' ? await booleansOf(sql, name) : new Set<string>()
      const literal = (cell: Cell, at: number): string =>
        booleans.has(table.columns[at] ?? '') ? String(cell === 1) : literalOf(place.is, cell)
      for (const row of table.rows)
        await execute(
          sql,
          `INSERT INTO "${name}" (${table.columns.map((one) => `"${one}"`).join(', ')}) VALUES (${row.map(literal).join(', ')})`,
        )
      if (place.is === 'postgresql' && name === 'Mail')
        await execute(sql, `SELECT setval(pg_get_serial_sequence('"Mail"', 'seq'), ${table.rows.length + 1})`)
    }
  } finally {
    await sql.dispose()
  }
}

function literalOf(is: 'sqlite' | 'postgresql', cell: Cell): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'string') return `'${cell.replaceAll("'", "''")}'`
  return is === 'sqlite' ? `X'${cell.hex}'` : `'\\x${cell.hex}'::bytea`
}

async function booleansOf(sql: Connection, table: string): Promise<ReadonlySet<string>> {
  const { rows } = await query(
    sql,
    `SELECT "column_name"::text FROM "information_schema"."columns" WHERE "table_name" = '${table}' AND "data_type" = 'boolean'`,
  )
  return new Set(rows.map(([name]) => String(name)))
}

const query = (sql: Connection, text: string) => sql.queryRaw({ sql: text, args: [], argTypes: [] })

async function execute(sql: Connection, text: string): Promise<void> {
  await sql.executeRaw({ sql: text, args: [], argTypes: [] })
}
