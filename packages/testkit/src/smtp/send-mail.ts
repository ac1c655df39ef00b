import { createTransport } from 'nodemailer'

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
export async function sendMail(port: number, mail: MailToSend): Promise<string> {
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
    const { references, attachments, ...rest } = mail
    const { response } = await transport.sendMail({
      ...rest,
      ...(references === undefined ? {} : { references: [...references] }),
      ...(attachments === undefined ? {} : { attachments: [...attachments] }),
    })
    return response
  } finally {
    transport.close()
  }
}
