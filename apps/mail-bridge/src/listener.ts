import type { AddressInfo, Server } from 'node:net'
import type { Clock, Log, MailSpool } from '@embargo/engine'
import { isOwnAddress, isPostmaster } from '@embargo/mail'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'
import { admission } from './admission.ts'
import type { Quota } from './admission.ts'
import type { Certificate, KeptCertificate } from './certificate.ts'
import type { Room } from './collect.ts'
import { connectionId, hangUp } from './connections.ts'
import type { Connections } from './connections.ts'
import { SmtpReply } from './errors.ts'
import type { BridgeLimits } from './limits.ts'
import { beginListening, listening, openToGroup, removeStaleSocket } from './listen.ts'
import type { ListenSetting } from './listen.ts'
import type { Protocol } from './protocol.ts'
import type { PutOff } from './put-off.ts'
import { receive } from './receive.ts'
import type { CrashPoint } from './receive.ts'
import { sourceOf } from './source.ts'

/**
 * What the listeners of one bridge share. They share the limits too, so that one sender cannot use them up once on each
 * listener.
 */
export type ListenerOptions = {
  readonly name: string
  readonly addresses: readonly string[]
  readonly spool: Pick<MailSpool, 'store'>
  readonly quota: Quota
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly limits: BridgeLimits
  readonly room: Room
  readonly putOff: PutOff
  readonly tracked: Connections
  /** True if mail is accepted only from the operator's own servers. */
  readonly relays: boolean
  readonly allowed: (address: string) => boolean
  readonly certificate?: KeptCertificate
  readonly crashPoints?: (name: CrashPoint) => void | Promise<void>
}

export type Listener = AsyncDisposable & {
  readonly port: number
  /** Closes one connection. */
  end(id: string): void
}

const SETTING: Readonly<Record<Protocol, ListenSetting>> = {
  smtp: 'EMBARGO_SMTP_LISTEN',
  smtps: 'EMBARGO_SMTPS_LISTEN',
  lmtp: 'EMBARGO_LMTP_LISTEN',
}

/** @throws MailBridgeError `cannot-listen` */
export async function startListener(
  options: ListenerOptions,
  protocol: Protocol,
  listen: { readonly host: string; readonly port: number } | { readonly path: string },
): Promise<Listener> {
  const { log, tracked, certificate, addresses, putOff } = options
  const underWay = new Map<string, Promise<void>>()
  const admit = admission(options.quota, options.relays || protocol === 'lmtp')
  let used = await certificate?.latest()

  /** Reads the certificate files again, so that the next handshake uses the certificate that is in them now. */
  async function renew(): Promise<void> {
    const latest = await certificate?.latest()
    if (latest === undefined || latest === used) return
    used = latest
    server.updateSecureContext(latest)
  }

  const handlers: SMTPServerOptions = {
    onConnect(_session, answer) {
      void renew().then(() => answer())
    },
    onRcptTo({ address }, session, answer) {
      if (!isOwnAddress(address, addresses) && !isPostmaster(address, addresses)) {
        answer(new SmtpReply(550, 'No such mailbox here, and this server relays nothing'))
        return
      }
      void admit(address, session).then(
        ({ known, reply }) => {
          if (known) tracked.known(connectionId(session))
          if (reply !== undefined) putOff.add(session, address)
          answer(reply)
        },
        () => answer(new SmtpReply(451, 'Try again later')),
      )
    },
    // A mail is stored once, whatever the number of its recipients. In LMTP, the server answers once for each
    // recipient: smtp-server sends our answer for each recipient that was accepted.
    onData(stream, session, answer) {
      const work = receive({ ...options, protocol, stream, session }).then((reply) =>
        answer(reply instanceof SmtpReply ? reply : undefined, reply instanceof SmtpReply ? undefined : reply),
      )
      underWay.set(
        session.id,
        work.finally(() => underWay.delete(session.id)),
      )
    },
  }
  const server = new SMTPServer({ ...settings(options, protocol, used), ...handlers })
  if (protocol === 'smtps') renewBeforeHandshake(server.server, renew)
  // This handler comes first, because connections must be counted from the start. smtp-server handles a connection only
  // a tenth of a second after it was opened.
  server.server.prependListener('connection', (socket) => {
    // A process that connects to a Unix socket has no address. The file system decides which processes may connect.
    if ('path' in listen) return
    const refuse = (reply: string): void => {
      // With implicit TLS, the client could not read a reply before the handshake.
      if (protocol !== 'smtps') socket.end(`${reply}\r\n`)
      socket.destroySoon()
    }
    if (!options.allowed(socket.remoteAddress ?? '')) return refuse('554 5.7.1 No mail is taken from your network')
    const id = connectionId(socket)
    socket.once('close', () => tracked.closed(id))
    if (tracked.opened(id, sourceOf(socket.remoteAddress ?? ''))) return
    refuse('421 4.7.0 Too many connections, try again later')
  })
  let ready = false
  // Only errors of the listener and failed handshakes come here, not broken connections. Until the listener is ready,
  // `listening` throws the error.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (ready) log.warn('a mail connection failed', { code: error.code ?? 'none' })
  })
  if ('path' in listen) await removeStaleSocket(listen.path)
  await listening(server.server, { ...listen, setting: SETTING[protocol] }, () => beginListening(server.server, listen))
  if ('path' in listen) await openToGroup(listen.path)
  ready = true
  log.info('the mail listener is ready', { protocol, port: portOf(server) })

  return {
    port: portOf(server),
    end(id) {
      // A connection has no session until its TLS handshake is over.
      for (const [socket, top] of server._pendingSockets) if (connectionId(socket) === id) top.destroy()
      hangUp(server, (session) => connectionId(session) === id, 'Closing, try again later')
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(resolve))
      hangUp(server, ({ id }) => !underWay.has(id), 'Shutting down')
      await Promise.allSettled(underWay.values())
      hangUp(server, () => true, 'Shutting down')
      await closed
    },
  }
}

/**
 * With implicit TLS, the handshake begins at once. So smtp-server gets a connection only after the certificate was read
 * again. Otherwise the first connection after a renewal would see the old certificate.
 */
function renewBeforeHandshake(server: Server, renew: () => Promise<void>): void {
  const handlers = server.listeners('connection')
  server.removeAllListeners('connection')
  server.on('connection', (socket) => {
    // While the certificate is being read, nothing else listens for errors of this socket, and an error without a
    // listener ends the program.
    const ignore = (): void => undefined
    socket.on('error', ignore)
    void renew().then(() => {
      socket.off('error', ignore)
      if (!socket.destroyed) for (const handle of handlers) Reflect.apply(handle, server, [socket])
    })
  })
}

function settings(
  { name, limits }: ListenerOptions,
  protocol: Protocol,
  certificate: Certificate | undefined,
): SMTPServerOptions {
  return {
    name,
    banner: 'Embargo',
    logger: false,
    lmtp: protocol === 'lmtp',
    secure: protocol === 'smtps',
    disabledCommands: certificate === undefined ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    authOptional: true,
    size: limits.mailBytes,
    rejectOversized: true,
    maxRecipients: limits.recipients,
    // Unlimited here, because `trackConnections` counts connections and makes room for new sources.
    maxClients: 0,
    socketTimeout: limits.idleMs,
    closeTimeout: limits.shutdownMs,
    // The client's host name decides nothing here, and a DNS query would reveal to the resolver who sends us mail.
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    ...certificate,
  }
}

function portOf(server: SMTPServer): number {
  const address: AddressInfo | string | null = server.server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}
