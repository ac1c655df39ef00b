import { createTransport } from 'nodemailer'
import type { SendMailOptions } from 'nodemailer'

/** A mail as a person's program writes it. */
export type MailToSend = {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  /** With angle brackets. */
  readonly messageId: string
  readonly date?: Date
  /** The mail that is answered. */
  readonly inReplyTo?: string
  readonly references?: readonly string[]
  readonly attachments?: readonly { readonly filename: string; readonly content: string }[]
}

/** A listener on the same machine that has not answered by then is not there. */
const TIMEOUT_MS = 10_000

/** Speaks SMTP with a listener on 127.0.0.1. Resolves with the words of its 250. @throws what nodemailer throws */
export function sendMail(port: number, mail: MailToSend): Promise<string> {
  const { references, attachments, ...rest } = mail
  return deliver(port, {
    ...rest,
    ...(references === undefined ? {} : { references: [...references] }),
    ...(attachments === undefined ? {} : { attachments: [...attachments] }),
  })
}

/** A mail as its bytes, for what no person's program writes. */
export type RawMail = {
  /** Empty for a bounce (RFC 5321, 4.5.5). */
  readonly envelopeFrom: string
  readonly envelopeTo: string
  readonly raw: string
}

/** The same for a mail that is written already. */
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
