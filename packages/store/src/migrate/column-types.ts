import type { Sql } from '../database/sql-connection.ts'

/** A cell whose value had a type that its column does not declare. `row` is SQLite's `rowid`. */
export type OddCell = { readonly table: string; readonly column: string; readonly row: number }

type Column = { readonly table: string; readonly name: string; readonly type: string }

/**
 * Converts each cell to the type of its column before anything reads it. SQLite stores any type in any column, but text
 * that is not UTF-8 makes the driver abort the whole process, and any other wrong type makes Prisma fail the whole
 * query. A conversion between text and bytes keeps the bytes. A value that is not UTF-8 cannot become text, so it is
 * replaced by its hexadecimal digits. In both cases, the damage is noticed later, when the row is unsealed (decrypted).
 */
export async function straightenTypes(sql: Sql): Promise<readonly OddCell[]> {
  const odd: OddCell[] = []
  for (const column of await columnsOf(sql)) {
    for (const row of await oddRows(sql, column)) {
      // If the converted value is already taken in a unique column, the cell keeps the wrong type, and its row counts
      // as damaged.
      await sql.execute(
        `UPDATE OR IGNORE ${quoted(column.table)} SET ${quoted(column.name)} = ${straight(column, row.isText)} WHERE "rowid" = ${row.id}`,
      )
      odd.push({ table: column.table, column: column.name, row: row.id })
    }
  }
  return odd
}

async function columnsOf(sql: Sql): Promise<readonly Column[]> {
  const rows = await sql.rows(
    `SELECT "m"."name", "p"."name", "p"."type" FROM "sqlite_master" AS "m" JOIN pragma_table_info("m"."name") AS "p"
     WHERE "m"."type" = 'table' AND "m"."name" NOT LIKE 'sqlite%'`,
  )
  return rows.map(([table, name, type]) => ({ table: String(table), name: String(name), type: String(type) }))
}

type OddRow = { readonly id: number; readonly isText: boolean }

async function oddRows(sql: Sql, { table, name, type }: Column): Promise<readonly OddRow[]> {
  const is = isOdd(type, quoted(name))
  if (is === undefined) return []
  const isText = type === 'TEXT'
  const found = await sql.rows(
    `SELECT "rowid", ${isText ? `hex(${quoted(name)})` : 'NULL'}, typeof(${quoted(name)}) FROM ${quoted(table)} WHERE ${is}`,
  )
  return found.flatMap(([id, hex, stored]): readonly OddRow[] => {
    const wellFormed = isText && isUtf8(String(hex))
    // The query also finds valid text that is not ASCII. Such text is not changed.
    return wellFormed && stored === 'text' ? [] : [{ id: Number(id), isText: wellFormed }]
  })
}

function isOdd(type: string, name: string): string | undefined {
  switch (type) {
    case 'BLOB':
      return `typeof(${name}) NOT IN ('blob', 'null')`
    case 'TEXT':
      return `typeof(${name}) NOT IN ('text', 'null') OR ${name} GLOB '*[^ -~]*'`
    case 'INTEGER':
    case 'BIGINT':
    case 'BOOLEAN':
      return `typeof(${name}) NOT IN ('integer', 'null')`
    case 'REAL':
      return `typeof(${name}) NOT IN ('real', 'integer', 'null')`
    default:
      return undefined
  }
}

function straight({ name, type }: Column, isText: boolean): string {
  if (type === 'TEXT') return isText ? `CAST(${quoted(name)} AS TEXT)` : `'x' || hex(${quoted(name)})`
  return `CAST(${quoted(name)} AS ${type === 'BLOB' || type === 'REAL' ? type : 'INTEGER'})`
}

function isUtf8(hex: string): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(hex, 'hex'))
    return true
  } catch {
    return false
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
