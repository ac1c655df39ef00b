import { PrismaLibSql } from '@prisma/adapter-libsql'

type Connection = Awaited<ReturnType<PrismaLibSql['connect']>>

/**
 * Runs all statements of a migration. The schema engine passes a whole migration in one call. Without this class,
 * libSQL would run only the first statement of the migration and ignore the rest.
 */
export class WholeScriptLibSql extends PrismaLibSql {
  override async connect(): Promise<Connection> {
    return whole(await super.connect())
  }

  override async connectToShadowDb(): Promise<Connection> {
    return whole(await super.connectToShadowDb())
  }
}

function whole(connection: Connection): Connection {
  const execute = connection.executeRaw.bind(connection)
  connection.executeRaw = async (statement) => {
    if (statement.args.length > 0) return execute(statement)
    await connection.executeScript(statement.sql)
    return 0
  }
  return connection
}
