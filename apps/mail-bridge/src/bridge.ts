import type { AddressInfo } from 'node:net'
import { isLoopback } from '@embargo/core'
import { isOwnAddress } from '@embargo/mail'
import type { Clock, Log, MailSpool } from '@embargo/engine'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'
import { createRoom } from './collect.ts'
import { sourceOf } from './source.ts'
import { admission } from './admission.ts'
import { keepCertificate } from './certificate.ts'
import type { Certificate, CertificateFiles } from './certificate.ts'
import type { Quota } from './admission.ts'
import { connectionId, hangUp, trackConnections } from './connections.ts'
import { MailBridgeError, SmtpReply } from './errors.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { listening } from './listen.ts'
import type { BridgeLimits } from './limits.ts'
import { receive } from './receive.ts'
import type { CrashPoint } from './receive.ts'

export type MailBridgeOptions = {
  /**
   * Port 0 takes a free one. Anything but loopback needs `public: true`, so that it is open to the world only on
   * purpose.
   */
  readonly listen: { readonly host: string; readonly port: number; readonly public?: boolean }
  /** The host name in the greeting. */
  readonly name: string
  /** Our own addresses. Mail for them, with or without a plus tag, is accepted; nothing is relayed. */
  readonly addresses: readonly string[]
  readonly spool: MailSpool
  readonly quota: Quota
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly limits?: Partial<BridgeLimits>
  /** STARTTLS is offered only with it; its files are read again when they change. */
  readonly certificate?: CertificateFiles
  /** Called at the named points, where tests stop the program. */
  readonly crashPoints?: (name: CrashPoint) => void | Promise<void>
}

export type MailBridge = AsyncDisposable & { readonly port: number }

/**
 * Accepts mail by SMTP (RFC 5321) and stores it: durable before the 250, unparsed until after it. A full spool answers
 * 452 and any other failure 451, so that the sender keeps the mail. Disposing waits for mails in progress.
 *
 * @throws MailBridgeError
 */
export async function startMailBridge(options: MailBridgeOptions): Promise<MailBridge> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  if (options.addresses.length === 0)
    throw new MailBridgeError(
      'no-addresses',
      'The mail listener has no address of its own, so it would refuse every mail. Set the security address.',
    )
  if (!isLoopback(options.listen.host) && options.listen.public !== true) {
    throw new MailBridgeError(
      'not-loopback',
      'The mail listener would be open to the network. Set it to 127.0.0.1, or say in the configuration that it is public.',
    )
  }
  const underWay = new Map<string, Promise<void>>()
  const room = createRoom({
    total: limits.bytesInFlight,
    forKnown: limits.bytesForKnown,
    perSource: limits.bytesPerSource,
  })
  const tracked = trackConnections(limits, (id) =>
    hangUp(server, (session) => connectionId(session) === id, 'Closing, try again later'),
  )
  const admit = admission(options.quota)
  const certificate = options.certificate && (await keepCertificate(options.certificate, options.log))

  const handlers: SMTPServerOptions = {
    onConnect(_session, answer) {
      void (certificate?.renewed() ?? Promise.resolve(undefined)).then((renewed) => {
        if (renewed !== undefined) server.updateSecureContext(renewed)
        answer()
      })
    },
    onRcptTo(address, session, answer) {
      if (!isOwnAddress(address.address, options.addresses)) {
        answer(new SmtpReply(550, 'No such mailbox here, and this server relays nothing'))
        return
      }
      void admit(address.address, session).then(
        ({ known, reply }) => {
          if (known) tracked.known(connectionId(session))
          answer(reply)
        },
        () => answer(new SmtpReply(451, 'Try again later')),
      )
    },
    onData(stream, session, answer) {
      const work = receive({ ...options, stream, session, limits, room }).then((reply) =>
        answer(reply instanceof SmtpReply ? reply : undefined, reply instanceof SmtpReply ? undefined : reply),
      )
      underWay.set(
        session.id,
        work.finally(() => underWay.delete(session.id)),
      )
    },
  }
  const server = new SMTPServer({ ...settings(options, limits, certificate?.first), ...handlers })
  // Before smtp-server, which handles a connection a tenth of a second later and would leave it uncounted until then.
  server.server.prependListener('connection', (socket) => {
    const id = connectionId(socket)
    socket.once('close', () => tracked.closed(id))
    if (tracked.opened(id, sourceOf(socket.remoteAddress ?? ''))) return
    socket.end('421 4.7.0 Too many connections, try again later\r\n')
    socket.destroySoon()
  })
  let ready = false
  // Only errors of the listener come here, not broken connections. Until it is ready, `listening` throws them instead.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (ready) options.log.warn('a mail connection failed', { code: error.code ?? 'none' })
  })
  await listening(server.server, options.listen, () => server.listen(options.listen.port, options.listen.host))
  ready = true
  options.log.info('the mail listener is ready', { port: portOf(server) })

  return {
    port: portOf(server),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(resolve))
      hangUp(server, ({ id }) => !underWay.has(id), 'Shutting down')
      await Promise.allSettled(underWay.values())
      hangUp(server, () => true, 'Shutting down')
      await closed
      tracked[Symbol.dispose]()
    },
  }
}

function settings(
  options: MailBridgeOptions,
  limits: BridgeLimits,
  certificate: Certificate | undefined,
): SMTPServerOptions {
  return {
    name: options.name,
    banner: 'Embargo',
    logger: false,
    disabledCommands: certificate === undefined ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    authOptional: true,
    size: limits.mailBytes,
    rejectOversized: true,
    maxRecipients: limits.recipients,
    // Connections are counted by `trackConnections`, which makes room for a new source.
    maxClients: 0,
    socketTimeout: limits.idleMs,
    closeTimeout: limits.shutdownMs,
    // A name from the DNS decides nothing here, and asking would tell a resolver who writes to us.
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    ...certificate,
  }
}

function portOf(server: SMTPServer): number {
  const address: AddressInfo | string | null = server.server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}
