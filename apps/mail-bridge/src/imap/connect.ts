import { instant, later, DAY } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { MAX_MAIL_BYTES } from '@embargo/mail'
import { ImapFlow } from 'imapflow'
import type { FetchMessageObject } from 'imapflow'
import type { MailboxFolder, MailboxSession } from './session.ts'

export type MailboxAddress = {
  readonly host: string
  readonly port: number
  /**
   * `implicit`: TLS from the first byte (port 993). `starttls`: a STARTTLS that must succeed. `plain`: no TLS.
   * Certificates are always verified.
   */
  readonly tls: 'implicit' | 'starttls' | 'plain'
  readonly user: string
  /**
   * Gets the password, or a current OAuth 2 access token, for each login. `refused`: a token that the server refused.
   */
  readonly login: (refused?: string) => Promise<MailboxLogin>
}

export type MailboxLogin = { readonly pass: string } | { readonly accessToken: string }

/** A server that is silent for this long counts as gone. We send it a command at least each minute. */
const SILENCE_MS = 120_000
const CONNECT_MS = 30_000

/** After this pause without a command, we send IDLE, so that the server announces new mail (RFC 2177). */
const IDLE_AFTER_MS = 1_000

/**
 * The most bytes of one line: enough for the UIDs of a million mails. This limit stops a server that sends one line
 * without end.
 */
const MAX_LINE_BYTES = 16 * 1024 * 1024
/**
 * The most bytes of a mail that are read: one more than a mail may have, so that a larger mail is noticed. A server may
 * send a larger mail than it announced.
 */
const MAX_LITERAL_BYTES = MAX_MAIL_BYTES + 1
const MAX_RESPONSE_BYTES = MAX_LITERAL_BYTES + MAX_LINE_BYTES

/** @throws an error of imapflow or of the token, which `mailboxTrouble` puts into words */
export async function connectMailbox(address: MailboxAddress): Promise<MailboxSession> {
  const login = await address.login()
  try {
    return await connect(address, login)
  } catch (error) {
    if (!('accessToken' in login) || !isRefusedLogin(error)) throw error
    // The token may have been revoked before it expired, so another one is requested.
    return connect(address, await address.login(login.accessToken))
  }
}

const isRefusedLogin = (error: unknown): boolean =>
  error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true

async function connect(address: MailboxAddress, login: MailboxLogin): Promise<MailboxSession> {
  const client = new ImapFlow({
    host: address.host,
    port: address.port,
    secure: address.tls === 'implicit',
    doSTARTTLS: address.tls === 'starttls',
    // Set explicitly, because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise give the password to any server.
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    auth: { user: address.user, ...login },
    clientInfo: { name: 'Embargo' },
    // If mails were compressed together, a stranger's mail could reveal words of other mails by the lengths on the wire
    // (CRIME).
    disableCompression: true,
    logger: false,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    autoIdleDelay: IDLE_AFTER_MS,
    maxLineLength: MAX_LINE_BYTES,
    maxLiteralSize: MAX_LITERAL_BYTES,
    maxResponseSize: MAX_RESPONSE_BYTES,
  })
  // An `error` event without a listener would end the program. The listener does nothing, because the pending call
  // reports the error.
  client.on('error', () => undefined)
  await client.connect()
  return sessionOf(client)
}

/** Whether a folder with this parent belongs to the mailbox. A server may list the folders of other people too. */
const isOwn = (parentPath: string): boolean => ['', 'INBOX'].includes(parentPath.toUpperCase())

function sessionOf(client: ImapFlow): MailboxSession {
  const nextOf = new Map<string, number>()
  /** Whether the server announced mail in the open folder since it was opened. */
  let announced = false
  client.on('exists', () => {
    announced = true
  })
  const open = async (path: string): ReturnType<MailboxSession['open']> => {
    const { uidValidity, uidNext } = await client.mailboxOpen(path, { readOnly: true })
    announced = false
    nextOf.set(path, uidNext)
    return { uidValidity: Number(uidValidity), uidNext }
  }
  /**
   * Whether mail arrived in a folder since it was opened. For the open folder, NOOP is enough, because a server
   * announces new mail in its answer (RFC 9051 section 6.1.2). To open the folder again would take some servers a
   * second for 10,000 mails.
   */
  async function hasNew(path: string): Promise<boolean> {
    if (client.mailbox !== false && client.mailbox.path === path) {
      await client.noop()
      return announced
    }
    const before = nextOf.get(path)
    return (await open(path)).uidNext !== before && before !== undefined
  }
  return {
    async folders() {
      // Exchange Online does not mark its spam folder (RFC 6154). If no folder is marked, imapflow recognises the spam
      // folder by its name.
      const spam = (await client.list())
        .filter(({ specialUse, flags }) => specialUse === '\\Junk' && !flags.has('\\Noselect'))
        .filter(({ specialUseSource, parentPath }) => specialUseSource === 'extension' || isOwn(parentPath))
        .map(({ path }): MailboxFolder => ({ path, spam: true }))
      return [{ path: 'INBOX', spam: false }, ...spam]
    },

    open,

    async state(path) {
      const state = await client.status(path, { uidValidity: true, uidNext: true })
      if (state === false || state.uidValidity === undefined || state.uidNext === undefined) return open(path)
      return { uidValidity: Number(state.uidValidity), uidNext: state.uidNext }
    },

    async uids(first, since) {
      // The server compares only days, in its own time zone, so we ask for the mails of one more day.
      const from = since === undefined ? {} : { since: new Date(later(since, -DAY)) }
      const found = await client.search({ uid: `${first}:*`, ...from }, { uid: true })
      if (!Array.isArray(found)) throw new Error('The IMAP server refuses to search.')
      // `n:*` always includes the last mail, however low its UID is.
      return found.filter((uid) => uid >= first).toSorted((one, other) => one - other)
    },

    async facts(uids) {
      const facts = await client.fetchAll(uids.join(','), { uid: true, size: true, internalDate: true }, { uid: true })
      return new Map(
        facts
          .filter(({ uid, size }) => uids.includes(uid) && size !== undefined)
          .map(({ uid, size = 0, internalDate }) => [uid, { bytes: size, internalDate: dateOf(internalDate) }]),
      )
    },

    async raw(uids) {
      const mails = new Map<number, Uint8Array>()
      // The library fetches with BODY.PEEK, which does not set the flag \Seen.
      for await (const { uid, source } of client.fetch(uids.join(','), { uid: true, source: true }, { uid: true }))
        if (uids.includes(uid) && source !== undefined && source.length > 0) mails.set(uid, source)
      return mails
    },

    async wait(path, milliseconds, signal) {
      // Asks the server first, because nobody listened for mails that came between the last reading and this moment.
      if (await hasNew(path)) return
      await new Promise<void>((resolve, reject) => {
        const end = (finish: () => void) => (): void => {
          clearTimeout(timer)
          client.off('exists', woken)
          client.off('close', closed)
          signal.removeEventListener('abort', woken)
          finish()
        }
        const woken = end(resolve)
        const closed = end(() => reject(new Error('The IMAP server closed the connection.')))
        const timer = setTimeout(woken, milliseconds)
        client.on('exists', woken)
        client.on('close', closed)
        signal.addEventListener('abort', woken)
        if (signal.aborted) woken()
        if (!client.usable) closed()
      })
    },

    async [Symbol.asyncDispose]() {
      client.close()
    },
  }
}

function dateOf(written: FetchMessageObject['internalDate']): Instant | undefined {
  const at = new Date(written ?? '').getTime()
  return Number.isNaN(at) || at < 0 ? undefined : instant(at)
}
