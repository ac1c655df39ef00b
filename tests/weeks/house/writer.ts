import { sendMail, sendRawMail } from '@embargo/emulator-smtp'
import type { ReceivedMail, SmtpSink } from '@embargo/emulator-smtp'
import type { MovedClock } from '@embargo/testkit'

/** What a person outside the team needs to send and receive mail in a test. */
export type PostOffice = {
  readonly relay: SmtpSink
  readonly clock: MovedClock
  readonly port: number
  readonly securityAddress: string
  readonly rest: () => Promise<void>
}

export type MailText = {
  readonly subject: string
  readonly text: string
  readonly to?: string
  readonly attachments?: readonly { readonly filename: string; readonly content: string }[]
}

/**
 * A mail server's report about a mail. `to`: the address to which the report goes. By default, that is the return path
 * of the mail.
 */
export type Bounce = { readonly action?: 'failed' | 'delayed'; readonly status?: string; readonly to?: string }

/** Somebody who has only a mail address: a reporter, a recipient, or a mail server. */
export class Writer {
  readonly #post: PostOffice
  readonly address: string
  readonly #name: string
  #written = 0
  #read = 0

  constructor(post: PostOffice, name: string, address: string) {
    this.#post = post
    this.#name = name
    this.address = address
  }

  /** Sends a mail, by default to the security address. */
  async mails({ to = this.#post.securityAddress, ...mail }: MailText): Promise<void> {
    await this.#sends({ to, ...mail })
  }

  /** Sends these bytes to the security address. */
  async sends(raw: string): Promise<void> {
    await sendRawMail(this.#post.port, { envelopeFrom: this.address, envelopeTo: this.#post.securityAddress, raw })
    await this.#post.rest()
  }

  /** Answers the last mail that came, as a mail program does. */
  async answers(text: string, mail = this.inbox.at(-1)): Promise<void> {
    if (mail === undefined) throw new Error(`${this.#name} has no mail to answer.`)
    const answered = mail.header('Message-ID')
    await this.#sends({
      to: bare(mail.header('Reply-To')),
      subject: `Re: ${mail.header('Subject')}`,
      text,
      inReplyTo: answered,
      references: [answered],
    })
  }

  /**
   * Bounces a mail (RFC 3464), as the writer's mail server would. By default, the reason is that there is no such
   * mailbox.
   */
  async bounces(mail: ReceivedMail, { action = 'failed', status = '5.1.1', to = mail.envelopeFrom }: Bounce = {}) {
    this.#written += 1
    const report = [
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.sample.example',
      '',
      `Final-Recipient: rfc822; ${this.address}`,
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${this.address} says no`,
    ]
    const returned = ['Content-Type: text/rfc822-headers', '', `Subject: ${mail.header('Subject')}`]
    const raw = [
      'From: MAILER-DAEMON@mx.sample.example',
      `To: ${to}`,
      'Subject: Undelivered Mail Returned to Sender',
      `Message-ID: <bounce.${this.#post.clock.now()}.${this.#written}@mx.sample.example>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      ...['--b', 'Content-Type: text/plain', '', 'No such user here.', ''],
      ...['--b', ...report, '', '--b', ...returned, '', '--b--', ''],
    ].join('\r\n')
    await sendRawMail(this.#post.port, { envelopeFrom: '', envelopeTo: to, raw })
    await this.#post.rest()
  }

  /** Answers the last mail automatically, as a mail program does while its owner is away (RFC 3834). */
  async answersAutomatically(): Promise<void> {
    const mail = this.inbox.at(-1)
    if (mail === undefined) throw new Error(`${this.#name} has no mail to answer.`)
    const envelopeTo = bare(mail.header('Reply-To'))
    const raw = [
      `From: ${this.#name} <${this.address}>`,
      `To: ${envelopeTo}`,
      `Subject: Away: ${mail.header('Subject')}`,
      `Message-ID: <away.${this.#post.clock.now()}@${this.address}>`,
      'Auto-Submitted: auto-replied',
      '',
      'I am away until Monday.',
      '',
    ].join('\r\n')
    await sendRawMail(this.#post.port, { envelopeFrom: this.address, envelopeTo, raw })
    await this.#post.rest()
  }

  /** Every mail that came, the oldest first. */
  get inbox(): readonly ReceivedMail[] {
    return this.#post.relay.mails.filter((mail) => mail.envelopeTo.includes(this.address))
  }

  /** The mails that came since the last call. For each, one string with its subject and text on one line. */
  news(): readonly string[] {
    const news = this.inbox.slice(this.#read)
    this.#read += news.length
    return news.map((mail) => `${mail.header('Subject')}\n${mail.text}`.replaceAll(/\s+/gu, ' '))
  }

  async #sends(mail: Omit<Parameters<typeof sendMail>[1], 'from' | 'messageId' | 'date'>): Promise<void> {
    this.#written += 1
    await sendMail(this.#post.port, {
      from: { name: this.#name, address: this.address },
      messageId: `<${this.#post.clock.now()}.${this.#written}@${this.address.split('@')[1] ?? 'example'}>`,
      date: new Date(this.#post.clock.now()),
      ...mail,
    })
    await this.#post.rest()
  }
}

const bare = (value: string): string => /<([^<>]+)>/u.exec(value)?.[1] ?? value
