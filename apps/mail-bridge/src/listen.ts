import { chmod, lstat, unlink } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { MailBridgeError } from './errors.ts'

export type ListenSetting = 'EMBARGO_SMTP_LISTEN' | 'EMBARGO_SMTPS_LISTEN' | 'EMBARGO_LMTP_LISTEN'

type ListenOptions = ({ readonly host: string; readonly port: number } | { readonly path: string }) & {
  /** The setting that the error message tells people to change. */
  readonly setting?: ListenSetting
}

/** A port to suggest if the wanted one is not available. */
const ELSEWHERE = 2526

/** Checks whether the address is free by listening there for a moment. @throws MailBridgeError `cannot-listen` */
export async function checkListen(listen: ListenOptions): Promise<void> {
  const server = createServer()
  await listening(server, listen, () => beginListening(server, listen))
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

/** Resolves when `begin` has made the server listen. @throws MailBridgeError `cannot-listen` */
export async function listening(server: Server, listen: ListenOptions, begin: () => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException): void =>
      reject(new MailBridgeError('cannot-listen', cannotListen(listen, cause.code), { cause }))
    server.once('error', failed)
    server.once('listening', () => {
      server.off('error', failed)
      resolve()
    })
    begin()
  })
}

/** Begins to listen at an address or, for processes of this machine, at a Unix socket. */
export function beginListening(server: Pick<Server, 'listen'>, listen: ListenOptions): void {
  if ('path' in listen) server.listen(listen.path)
  else server.listen(listen.port, listen.host)
}

/** The socket's owner and its group may connect, so the mail server must be in this group. */
const SOCKET_MODE = 0o660

/**
 * Lets processes of the file's group connect to this Unix socket. To be called when a server listens there, because the
 * file exists only then.
 */
export const openToGroup = (path: string): Promise<void> => chmod(path, SOCKET_MODE)

/**
 * Removes the file of a socket on which nobody listens. A program that was killed leaves this file behind. Nothing can
 * listen there until the file is removed.
 */
export async function removeStaleSocket(path: string): Promise<void> {
  const file = await lstat(path).catch(() => undefined)
  if (file?.isSocket() !== true) return
  const isStale = await new Promise<boolean>((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'))
  })
  if (isStale) await unlink(path)
}

function cannotListen({ setting = 'EMBARGO_SMTP_LISTEN', ...listen }: ListenOptions, code: string | undefined): string {
  if ('path' in listen)
    return `The mail listener cannot listen on the socket ${listen.path} (${code ?? 'no reason given'}). Set ${setting} to a path that no other program uses, in a folder that Embargo may write to.`
  const { host, port } = listen
  const place = `The mail listener cannot listen on ${host}:${port}`
  switch (code) {
    case 'EADDRINUSE':
      return `${place}, because another program uses it. Set ${setting} to a free address, such as ${host}:${port === ELSEWHERE ? port + 1 : ELSEWHERE}.`
    case 'EACCES':
      return `${place}, because the user that runs Embargo has no permission for this port. Set ${setting} to a port above 1023, and let your mail server forward mail to it.`
    default:
      return `${place} (${code ?? 'no reason given'}). Set ${setting} to an address of this machine, such as 127.0.0.1:${ELSEWHERE}.`
  }
}
