import type { ArrivingMail, Clock, Log, MailClient, MailSpool } from '@embargo/engine'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import { quotaSource, refusal } from './admission.ts'
import type { Quota } from './admission.ts'
import { collect } from './collect.ts'
import type { CollectResult, Room } from './collect.ts'
import { SmtpReply } from './errors.ts'
import type { BridgeLimits } from './limits.ts'
import type { PutOff } from './put-off.ts'
import type { Protocol } from './protocol.ts'
import { sourceOf } from './source.ts'

/** The points at which tests can stop the program while it receives a mail, in order. */
export type CrashPoint = 'mail-received-before-store' | 'mail-stored-before-250' | 'mail-answered-250'

type ReceiveContext = {
  readonly protocol: Protocol
  readonly relays: boolean
  readonly putOff: PutOff
  readonly stream: SMTPServerDataStream
  readonly session: SMTPServerSession
  readonly limits: BridgeLimits
  readonly room: Room
  readonly spool: Pick<MailSpool, 'store'>
  readonly quota: Quota
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly crashPoints?: (name: CrashPoint) => void | Promise<void>
}

/**
 * Receives one mail and stores it. Resolves to the text of the 250, or to the reply that refuses the mail. Never
 * rejects.
 */
export async function receive(receiving: ReceiveContext): Promise<string | SmtpReply> {
  const { stream, session, limits, room, quota, log } = receiving
  try {
    const known = await quota.isKnown(session.envelope.rcptTo.map(({ address }) => address))
    const sender = { source: sourceOf(session.remoteAddress), known }
    return await collect(stream, { bytes: limits.mailBytes, room, sender }, async (collected) =>
      store(receiving, known, collected),
    )
  } catch (error) {
    log.error('a mail could not be stored; its sender was told to try again', {
      session: session.id,
      error: error instanceof Error ? error.name : 'unknown',
    })
    return new SmtpReply(451, 'The mail could not be stored, try again later')
  }
}

async function store(
  { protocol, relays, putOff, session, limits, spool, quota, clock, log, crashPoints }: ReceiveContext,
  known: boolean,
  collected: CollectResult,
): Promise<string | SmtpReply> {
  switch (collected.is) {
    case 'too-large':
      log.warn('a mail was too large and was refused', { session: session.id, limit: limits.mailBytes })
      return new SmtpReply(552, `The mail is larger than ${limits.mailBytes} bytes`)
    case 'no-room':
      log.warn('too much mail at once; the sender of a mail was told to try again', { session: session.id })
      return new SmtpReply(452, 'Too much mail at once, try again later')
    case 'broken-off':
      return new SmtpReply(451, 'The mail did not arrive whole')
    case 'whole':
      break
  }
  // The next command resets the session's envelope, so the values of this mail are copied now.
  const { envelope, transaction } = session
  const envelopeFrom = envelope.mailFrom === false ? '' : envelope.mailFrom.address
  const accepted = envelope.rcptTo.map((recipient) => recipient.address)
  const waiting = putOff.of(session, accepted)
  const envelopeTo = [...new Set([...accepted, ...waiting])]
  // LMTP is for mail that another server has already accepted (RFC 2033).
  const shared = relays || protocol === 'lmtp'
  const sender = { source: quotaSource(session, shared, collected.raw.length), known }
  const because = await quota.refuses(sender, collected.raw.length)
  if (because !== undefined) return refusal(because)
  await crashPoints?.('mail-received-before-store')
  const arriving: ArrivingMail = {
    raw: collected.raw,
    envelopeFrom,
    envelopeTo,
    client: { ...clientOf(session), ...(shared && { relay: true }) },
    receivedAt: clock.now(),
    delivery: `${protocol}:${session.id}:${transaction}`,
  }
  const mayRepeat = protocol === 'lmtp' || putOff.mayRepeat(collected.raw.length)
  const result = await spool.store(arriving, mayRepeat ? 'each' : undefined)
  if (result.is === 'full') {
    log.error(
      'the disk of the database is full: a mail could not be stored, and its sender was told to try again. Free some space; no restart is needed',
      { session: session.id, bytes: collected.raw.length },
    )
    return new SmtpReply(452, 'No room to store the mail, try again later')
  }
  if (result.is === 'stored') quota.stored(sender, collected.raw.length)
  if (waiting.length > 0) await putOff.stored(collected.raw.length)
  await crashPoints?.('mail-stored-before-250')
  log.info('a mail was stored', {
    session: session.id,
    message: result.id,
    bytes: collected.raw.length,
    again: result.is === 'already-stored',
  })
  // Runs after the reply has been written to the socket.
  if (crashPoints !== undefined)
    setImmediate(() => void Promise.resolve(crashPoints('mail-answered-250')).catch(() => undefined))
  return 'Stored'
}

function clientOf({ remoteAddress, hostNameAppearsAs, tlsOptions }: SMTPServerSession): MailClient {
  const { version } = tlsOptions === false ? {} : tlsOptions
  return {
    address: remoteAddress,
    helo: hostNameAppearsAs,
    ...(version !== undefined && { tls: version }),
  }
}
