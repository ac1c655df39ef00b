import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { MailBridgeError } from './errors.ts'

export type ListenSetting = 'EMBARGO_SMTP_LISTEN' | 'EMBARGO_SMTPS_LISTEN' | 'EMBARGO_LMTP_LISTEN'

type Listen = {
  readonly host: string
  readonly port: number
  /** The setting that an error names. */
  readonly setting?: ListenSetting
}

/** A port to suggest if the wanted one is not available. */
const ELSEWHERE = 2526

/** Checks whether the address is free by listening there for a moment. @throws MailBridgeError `cannot-listen` */
export async function checkListen(listen: Listen): Promise<void> {
  const server = createServer()
  await listening(server, listen, () => server.listen(listen.port, listen.host))
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

/** Resolves when `begin` has made the server listen. @throws MailBridgeError `cannot-listen` */
export async function listening(server: Server, listen: Listen, begin: () => void): Promise<void> {
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

function cannotListen({ host, port, setting = 'EMBARGO_SMTP_LISTEN' }: Listen, code: string | undefined): string {
  const place = `The mail listener cannot take ${host}:${port}`
  switch (code) {
    case 'EADDRINUSE':
      return `${place}, because another program uses it. Set ${setting} to a free address, such as ${host}:${port === ELSEWHERE ? port + 1 : ELSEWHERE}.`
    case 'EACCES':
      return `${place}, because the user that runs Embargo may not. Set ${setting} to a port above 1023, and let your mail server forward mail to it.`
    default:
      return `${place} (${code ?? 'no reason given'}). Set ${setting} to an address of this machine, such as 127.0.0.1:${ELSEWHERE}.`
  }
}
