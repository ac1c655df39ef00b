import { PrismaLibSql } from '@prisma/adapter-libsql'

type Connection = Awaited<ReturnType<PrismaLibSql['connect']>>

/** The schema engine runs a migration as one statement, of which libSQL would take the first and drop the rest. */
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
  connection.executeRaw = async (asked) => {
    if (asked.args.length > 0) return execute(asked)
    await connection.executeScript(asked.sql)
    return 0
  }
  return connection
}
