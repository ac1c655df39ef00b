import { createTransport } from 'nodemailer'
import type { SendMailOptions } from 'nodemailer'

/** A mail as a person's mail program writes it. */
export type MailToSend = {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The Message-ID, with angle brackets. */
  readonly messageId: string
  readonly date?: Date
  /** The Message-ID of the mail that this one answers. */
  readonly inReplyTo?: string
  readonly references?: readonly string[]
  readonly attachments?: readonly { readonly filename: string; readonly content: string }[]
}

/** If a listener on the same machine does not answer within this time, it is not running. */
const TIMEOUT_MS = 10_000

/**
 * Sends a mail by SMTP to a listener on 127.0.0.1. Resolves with the text of the 250 reply.
 * @throws what nodemailer throws
 */
export function sendMail(port: number, mail: MailToSend): Promise<string> {
  const { references, attachments, ...rest } = mail
  return deliver(port, {
    ...rest,
    ...(references === undefined ? {} : { references: [...references] }),
    ...(attachments === undefined ? {} : { attachments: [...attachments] }),
  })
}

/** A mail as its finished bytes, for example a bounce, an automatic reply or an encrypted mail. */
export type RawMail = {
  /** The sender of the envelope; empty for a bounce (RFC 5321, 4.5.5). */
  readonly envelopeFrom: string
  readonly envelopeTo: string
  readonly raw: string
}

/** Sends a mail whose bytes are written already. */
export function sendRawMail(port: number, { envelopeFrom: from, envelopeTo: to, raw }: RawMail): Promise<string> {
  return deliver(port, { envelope: { from, to }, raw })
}

async function deliver(port: number, mail: SendMailOptions): Promise<string> {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const { response } = await transport.sendMail(mail)
    return response
  } finally {
    transport.close()
  }
}
