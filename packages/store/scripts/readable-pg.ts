import { PrismaPg } from '@prisma/adapter-pg'

type Connection = Awaited<ReturnType<PrismaPg['connect']>>

/**
 * Prisma's adapter for PostgreSQL cannot read columns of the internal type "char". The schema engine queries such
 * columns in the catalogue of constraints, so this adapter reads them as text.
 */
export class ReadablePg extends PrismaPg {
  override async connect(): Promise<Connection> {
    return readable(await super.connect())
  }

  override async connectToShadowDb(): Promise<Connection> {
    return readable(await super.connectToShadowDb())
  }
}

/** `ColumnTypeEnum.Character` of @prisma/driver-adapter-utils. */
const CHARACTER = 6
const CHAR_COLUMNS = new Set(['constraint_type', 'confdeltype', 'confupdtype'])

function readable(connection: Connection): Connection {
  const query = connection.queryRaw.bind(connection)
  connection.queryRaw = async (statement) => {
    const answer = await query({ ...statement, sql: castChars(statement.sql) })
    const columnTypes = answer.columnTypes.map((type, index) =>
      CHAR_COLUMNS.has(answer.columnNames[index] ?? '') ? CHARACTER : type,
    )
    return { ...answer, columnTypes }
  }
  return connection
}

const castChars = (sql: string): string =>
  sql
    .replace('constr.contype AS', 'constr.contype::text AS')
    // PostgreSQL 18 lists NOT NULL among the constraints. The engine does not expect it here, because it reads NOT NULL
    // from the columns.
    .replace("NOT IN ('p', 'u', 'f')", "NOT IN ('p', 'u', 'f', 'n')")
    .replace(/^( *)con\.(confdeltype|confupdtype),$/gm, '$1con.$2::text AS $2,')
