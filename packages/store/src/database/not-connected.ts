import { StoreError } from '../errors.ts'
import { layers } from './failures.ts'

/** The error codes of Node, pg and Prisma's adapter for an unreachable server, with an explanation of each. */
const NO_ANSWER: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host cannot be looked up at present',
  EHOSTUNREACH: 'there is no route to that host',
  ENETUNREACH: 'there is no route to that host',
  ETIMEDOUT: 'there was no answer in time',
  ECONNRESET: 'the connection was closed at once',
  SocketTimeout: 'there was no answer in time',
  ConnectionClosed: 'the connection was closed at once',
}
/** pg's two messages about its time limit, which have no error code. */
const TIMED_OUT = /timeout exceeded when trying to connect|due to connection timeout/u
/**
 * PostgreSQL's codes insufficient_privilege and invalid_schema_name. The second occurs if the user may not even see the
 * schema.
 */
const NOT_PRIVILEGED: readonly unknown[] = ['42501', '3F000']
const CHANGE_IT = 'Nothing was changed. Correct EMBARGO_DATABASE, or'

/**
 * Turns a connection error into one that names the server, and says why the connection failed and what to do. The text
 * never contains the configured address, which may contain a password. Any other error is returned unchanged.
 */
export function notConnected(database: string, error: unknown): unknown {
  const { hostname, port, pathname, username } = new URL(database)
  const server = `PostgreSQL at ${hostname === '' ? 'the local socket' : `${hostname}:${port === '' ? '5432' : port}`}`
  const [name, user] = [decoded(pathname.slice(1)), decoded(username)]
  const storeError = (code: ConstructorParameters<typeof StoreError>[0], message: string) =>
    new StoreError(code, message, { cause: error })
  for (const layer of layers(error)) {
    const reason = noAnswer(layer)
    if (reason !== undefined)
      return storeError(
        'unreachable',
        `${server} cannot be reached: ${reason}. ${CHANGE_IT} start the server and check that this machine may connect to it, then start Embargo again.`,
      )
    switch (layer['kind']) {
      case 'AuthenticationFailed':
      case 'DatabaseAccessDenied':
        return storeError(
          'access-denied',
          `${server} does not let the user “${user}” into the database “${name}”: the user, the password or the rule in pg_hba.conf does not match. ${CHANGE_IT} give the user that password (ALTER ROLE … PASSWORD).`,
        )
      case 'DatabaseDoesNotExist':
        return storeError(
          'no-database',
          `${server} has no database “${name}”. ${CHANGE_IT} make it: createdb --owner=${user} ${name}`,
        )
      case 'TooManyConnections':
        return storeError(
          'unreachable',
          `${server} has no connection left. Nothing was changed. Raise max_connections, or stop other programs that use connections, then start Embargo again.`,
        )
      case 'TlsConnectionError':
        return storeError(
          'unreachable',
          `${server} does not offer TLS, or its certificate is not trusted here. No password was sent. ${CHANGE_IT} give the server a certificate for that host name. To trust a certificate authority of your own, set NODE_EXTRA_CA_CERTS=<file>. With sslmode=disable in EMBARGO_DATABASE, everything is sent unencrypted, including the password.`,
        )
    }
    if (NOT_PRIVILEGED.includes(layer['originalCode']))
      return storeError(
        'access-denied',
        `${server} does not let the user “${user}” make tables in the database “${name}”. Nothing was changed. Make the user its owner: ALTER DATABASE "${name}" OWNER TO "${user}"`,
      )
  }
  return error
}

function noAnswer(layer: Readonly<Record<string, unknown>>): string | undefined {
  const { kind, code, message } = layer
  // The adapter names the port if the connection was refused, and no port if the host does not exist.
  if (kind === 'DatabaseNotReachable') return NO_ANSWER[layer['port'] === undefined ? 'ENOTFOUND' : 'ECONNREFUSED']
  if (typeof message === 'string' && TIMED_OUT.test(message)) return NO_ANSWER['ETIMEDOUT']
  const known = [kind, code].find((each) => typeof each === 'string' && Object.hasOwn(NO_ANSWER, each))
  return typeof known === 'string' ? NO_ANSWER[known] : undefined
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
