import { isLoopback } from '@embargo/core'
import type { Clock, Log, MailSpool, Settings } from '@embargo/engine'
import type { Quota } from './admission.ts'
import { keepCertificate } from './certificate.ts'
import type { CertificateFiles } from './certificate.ts'
import { createRoom } from './collect.ts'
import { trackConnections } from './connections.ts'
import { MailBridgeError } from './errors.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import type { BridgeLimits } from './limits.ts'
import { startListener } from './listener.ts'
import type { Listener } from './listener.ts'
import { allowNetworks } from './networks.ts'
import type { Protocol } from './protocol.ts'
import { createPutOff } from './put-off.ts'
import type { CrashPoint } from './receive.ts'

/**
 * Port 0 means any free port. A host other than loopback needs `public: true`, so that nobody opens the listener to the
 * world by mistake.
 */
export type ListenAddress = { readonly host: string; readonly port: number; readonly public?: boolean }

/** A Unix socket, which only processes of this machine reach. */
export type ListenSocket = { readonly path: string }

export type MailBridgeOptions = {
  /** Where to listen for SMTP; STARTTLS is offered if there is a certificate. */
  readonly listen: ListenAddress
  /** Where to listen for SMTP inside TLS (RFC 8314), which needs a certificate. */
  readonly smtps?: ListenAddress
  /** Where to listen for LMTP (RFC 2033). */
  readonly lmtp?: ListenAddress | ListenSocket
  /** The networks from which mail is accepted, besides this machine. By default, mail is accepted from everywhere. */
  readonly networks?: readonly string[]
  /** The host name in the greeting. */
  readonly name: string
  /**
   * Our own addresses. We accept mail to them, with or without a plus tag, and to the postmaster of their domains. We
   * relay nothing.
   */
  readonly addresses: readonly string[]
  readonly spool: Pick<MailSpool, 'store'>
  readonly quota: Quota
  /** Stores the sizes of mails for which some recipients got a 452. If absent, the sizes are forgotten at a restart. */
  readonly settings?: Settings
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly limits?: Partial<BridgeLimits>
  /** STARTTLS is offered only with a certificate. The certificate's files are read again when they change. */
  readonly certificate?: CertificateFiles
  /** Called at each `CrashPoint`, where tests can stop the program. */
  readonly crashPoints?: (name: CrashPoint) => void | Promise<void>
}

export type MailBridge = AsyncDisposable & {
  readonly port: number
  /** For each protocol, including SMTP, the port on which the bridge listens. */
  readonly ports: Readonly<Partial<Record<Protocol, number>>>
}

/**
 * Accepts mail by SMTP (RFC 5321) and LMTP and stores it. A mail is on disk before the 250 is sent, and is parsed only
 * afterwards. The answer is 452 if the spool is full, and 451 after any other failure, so the sender tries again.
 * Disposing waits for mails that are being received.
 *
 * @throws MailBridgeError
 */
export async function startMailBridge(options: MailBridgeOptions): Promise<MailBridge> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const places = placesOf(options)
  await using stack = new AsyncDisposableStack()
  const listeners: Listener[] = []
  const tracked = stack.use(
    trackConnections(limits, (id) => {
      for (const listener of listeners) listener.end(id)
    }),
  )
  const certificate = options.certificate && (await keepCertificate(options.certificate, options.log))
  const { name, addresses, spool, quota, clock, log, crashPoints } = options
  const shared = {
    ...{ name, addresses, spool, quota, clock, log },
    limits,
    tracked,
    putOff: await createPutOff(options.settings),
    room: createRoom({
      total: limits.bytesInFlight,
      forKnown: limits.bytesForKnown,
      perSource: limits.bytesPerSource,
    }),
    allowed: allowNetworks(options.networks),
    relays: options.networks !== undefined,
    ...(certificate && { certificate }),
    ...(crashPoints && { crashPoints }),
  }
  const ports: Partial<Record<Protocol, number>> = {}
  for (const [protocol, listen] of places) {
    const listener = stack.use(await startListener(shared, protocol, listen))
    listeners.push(listener)
    ports[protocol] = listener.port
  }
  const owned = stack.move()
  return { port: ports.smtp ?? 0, ports, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** @throws MailBridgeError for an invalid configuration */
function placesOf({
  listen,
  smtps,
  lmtp,
  addresses,
  certificate,
}: MailBridgeOptions): readonly (readonly [Protocol, ListenAddress | ListenSocket])[] {
  if (addresses.length === 0)
    throw new MailBridgeError(
      'no-addresses',
      'The mail listener has no address of its own, so it would refuse every mail. Set the security address.',
    )
  if (smtps !== undefined && certificate === undefined)
    throw new MailBridgeError(
      'bad-certificate',
      'SMTP inside TLS needs a certificate. Set EMBARGO_SMTP_CERT_FILE and EMBARGO_SMTP_KEY_FILE, or unset EMBARGO_SMTPS_LISTEN.',
    )
  const places = [
    ['smtp', listen] as const,
    ...(smtps === undefined ? [] : [['smtps', smtps] as const]),
    ...(lmtp === undefined ? [] : [['lmtp', lmtp] as const]),
  ]
  if (places.some(([, place]) => 'host' in place && !isLoopback(place.host) && place.public !== true))
    throw new MailBridgeError(
      'not-loopback',
      'The mail listener would be open to the network. Set it to 127.0.0.1, or say in the configuration that it is public.',
    )
  return places
}
