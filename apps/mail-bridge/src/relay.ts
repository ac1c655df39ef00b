import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { OutsideError } from '@embargo/engine'
import type { MailOut, OutgoingMail } from '@embargo/engine'
import { isAddress } from '@embargo/mail'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import XOAuth2 from 'nodemailer/lib/xoauth2'
import { createPool } from './relay-pool.ts'
import { isRefusedLogin, relayError } from './relay-errors.ts'

export type RelayOptions = {
  readonly host: string
  readonly port: number
  /**
   * `implicit`: TLS from the first byte (port 465). `starttls`: a STARTTLS that must succeed. `plain`: no TLS.
   * Certificates are always verified.
   */
  readonly tls: 'implicit' | 'starttls' | 'plain'
  readonly auth?: { readonly user: string } & (
    | { readonly pass: string }
    /** Gets an OAuth 2 access token for each login. `refused`: a token that the relay refused. */
    | { readonly token: (refused?: string) => Promise<string> }
  )
  /**
   * The timeout for connecting, for the greeting and for any later silence, in milliseconds. RFC 5321 section 4.5.3.2.6
   * recommends 10 minutes after the final dot.
   */
  readonly timeoutMs: number
  /** Our host name for EHLO. */
  readonly name: string
  /** The most connections at the same time. */
  readonly connections?: number | undefined
  /** The most mails in an hour. Absent: no limit. */
  readonly mailsPerHour?: number | undefined
  /** The most bytes of a mail. If the relay announces a smaller limit (RFC 1870), that limit counts. */
  readonly mailBytes?: number | undefined
  /** The present time in milliseconds of any monotonic clock. */
  readonly monotonic?: () => number
}

/** The most simultaneous connections to the relay, unless the setting says otherwise. */
const CONNECTIONS = 4

const HOUR_MS = 60 * 60 * 1_000

/** How long a preview waits for the relay to say which sizes it accepts, in milliseconds. */
const SIZE_TIMEOUT_MS = 3_000

/** A relay's reply is kept as evidence, cut to this many characters. */
const MAX_RESPONSE = 200

/** How many bytes are passed to the connection at a time. */
const SLICE = 64 * 1024

/**
 * Sends mail through one relay. The bytes are sent unchanged. The envelope is given by the caller and never read from
 * the mail's header. Connections are kept and reused. Throws the errors of `MailOut`.
 */
export function createRelay(options: RelayOptions): Required<MailOut> & AsyncDisposable {
  const { mailsPerHour = Number.POSITIVE_INFINITY, monotonic = () => performance.now() } = options
  /** When each mail of the last hour was sent, the oldest first. */
  const sent: number[] = []
  /** The size that the relay announced when it was last connected; 0 if it announced none. */
  let announced: number | undefined
  const pool = createPool({
    max: options.connections ?? CONNECTIONS,
    open: async () => {
      const connection = await open(options)
      announced = announcedSize(connection)
      return connection
    },
  })
  return {
    async send(mail) {
      // Anything but a plain address could end the SMTP command and begin another.
      if (!isAddress(mail.envelopeTo) || (mail.envelopeFrom !== '' && !isAddress(mail.envelopeFrom))) {
        throw new OutsideError('refused', 'The envelope of the mail has an invalid address.')
      }
      countMail()
      const { connection, used } = await pool.take().catch((error: unknown) => {
        throw relayError({ error, handedOver: false })
      })
      const first = await deliver(connection, mail)
      pool.give(connection, first.is === 'sent')
      if (first.is === 'sent') return { response: first.response }
      // The relay may have closed an idle connection. That does not mean that the relay is unreachable.
      if (!used || first.handedOver || first.answered) throw first.failure
      return again(mail)
    },
    async sizeLimit() {
      const { mailBytes = Number.POSITIVE_INFINITY } = options
      if (announced === undefined) await Promise.race([askSize(), sleep(SIZE_TIMEOUT_MS, undefined, { ref: false })])
      const smallest = Math.min(mailBytes, announced === 0 ? Number.POSITIVE_INFINITY : (announced ?? mailBytes))
      return smallest === Number.POSITIVE_INFINITY ? undefined : smallest
    },
    async [Symbol.asyncDispose]() {
      await pool[Symbol.asyncDispose]()
    },
  }

  /** Connects, because the relay says only then which sizes it accepts. */
  async function askSize(): Promise<void> {
    await pool.take().then(
      ({ connection }) => pool.give(connection, true),
      () => undefined,
    )
  }

  /**
   * Counts a mail. Throws if the relay already got as many mails in the last hour as it may get: then all mails wait.
   */
  function countMail(): void {
    if (mailsPerHour === Number.POSITIVE_INFINITY) return
    const now = monotonic()
    while (sent[0] !== undefined && sent[0] <= now - HOUR_MS) sent.shift()
    const [oldest] = sent
    if (oldest !== undefined && sent.length >= mailsPerHour)
      throw new OutsideError('rate-limited', `The relay got ${mailsPerHour} mails in an hour, which is its limit.`, {
        retryAfterMs: oldest + HOUR_MS - now,
        forAll: true,
      })
    sent.push(now)
  }

  async function again(mail: OutgoingMail): Promise<{ readonly response: string }> {
    const { connection } = await pool.take({ fresh: true }).catch((error: unknown) => {
      throw relayError({ error, handedOver: false })
    })
    const second = await deliver(connection, mail)
    pool.give(connection, second.is === 'sent')
    if (second.is === 'sent') return { response: second.response }
    throw second.failure
  }
}

async function open(options: RelayOptions): Promise<SMTPConnection> {
  const { auth } = options
  if (auth === undefined) return connect(options)
  if ('pass' in auth) return connect(options, auth)
  const { user } = auth
  const accessToken = await auth.token()
  try {
    return await connect(options, oauth(user, accessToken))
  } catch (error) {
    if (!isRefusedLogin(error)) throw error
    // The token may have been revoked before it expired, so another one is requested.
    return connect(options, oauth(user, await auth.token(accessToken)))
  }
}

/** Uses `XOAUTH2`, the only mechanism for access tokens that both Google and Microsoft offer. */
const oauth = (user: string, accessToken: string): Login => ({
  user,
  oauth2: new XOAuth2({ user, accessToken }),
})

type Login = Parameters<SMTPConnection['login']>[0]

async function connect(options: RelayOptions, login?: Login): Promise<SMTPConnection> {
  const connection = new SMTPConnection({
    host: options.host,
    port: options.port,
    name: options.name,
    secure: options.tls === 'implicit',
    requireTLS: options.tls === 'starttls',
    ignoreTLS: options.tls === 'plain',
    // Set explicitly, because with NODE_TLS_REJECT_UNAUTHORIZED=0 any server that answers would otherwise get the
    // password.
    tls: { rejectUnauthorized: true },
    connectionTimeout: options.timeoutMs,
    greetingTimeout: options.timeoutMs,
    socketTimeout: options.timeoutMs,
    logger: false,
  })
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject)
    connection.once('end', () =>
      reject(new OutsideError('unreachable', 'The relay closed the connection.', { away: true })),
    )
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
  if (login !== undefined) {
    await new Promise<void>((resolve, reject) => {
      connection.login(login, (error) => (error ? reject(error) : resolve()))
    }).catch((error: unknown) => {
      connection.close()
      throw error
    })
  }
  return connection
}

/**
 * The size that the relay announced in its answer to EHLO, or 0 if it announced none. Nodemailer has no public field
 * for it.
 */
function announcedSize(connection: SMTPConnection): number {
  const size: unknown = Reflect.get(connection, '_maxAllowedSize')
  return typeof size === 'number' ? size : 0
}

type Delivery =
  | { readonly is: 'sent'; readonly response: string }
  | { readonly is: 'failed'; readonly failure: OutsideError; readonly handedOver: boolean; readonly answered: boolean }

async function deliver(connection: SMTPConnection, mail: OutgoingMail): Promise<Delivery> {
  // The stream is read only after the relay has answered 354, and ends just before the final dot is written. So the
  // relay cannot have the whole mail before the stream has ended.
  let handedOver = false
  const stream = Readable.from(slices(mail.raw), { objectMode: false })
  stream.once('end', () => {
    handedOver = true
  })
  return new Promise<Delivery>((resolve) => {
    connection.send(
      { from: mail.envelopeFrom === '' ? false : mail.envelopeFrom, to: [mail.envelopeTo], size: mail.raw.length },
      stream,
      (error, info) => {
        if (!error) return resolve({ is: 'sent', response: (info?.response ?? '').slice(0, MAX_RESPONSE) })
        const answered = typeof Reflect.get(error, 'responseCode') === 'number'
        return resolve({ is: 'failed', failure: relayError({ error, handedOver }), handedOver, answered })
      },
    )
  })
}

function* slices(raw: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < raw.length; at += SLICE) yield Buffer.from(raw.subarray(at, at + SLICE))
}
