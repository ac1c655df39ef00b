import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

/**
 * An SMTP client that waits for the server's reply after each command. It is as simple as possible, because the bench
 * measures the server.
 */
export class SmtpClient implements Disposable {
  readonly #socket: Socket
  #received = ''
  #waiting: ((line: string) => void) | undefined
  #broken: Error | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1').setNoDelay(true)
    socket.on('data', (chunk: string) => this.#take(chunk))
    socket.on('error', (error) => (this.#broken = error))
  }

  /**
   * `from`: the address of this machine from which to connect. A bench uses several, because the program limits what
   * one address may send.
   */
  static async connect(port: number, from = '127.0.0.1'): Promise<SmtpClient> {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from })
    await once(socket, 'connect')
    const client = new SmtpClient(socket)
    await client.#answer('220')
    await client.#say('EHLO bench.example.org', '250')
    return client
  }

  /** Resolves with the 250 reply after the final dot. */
  async send(mail: { readonly from: string; readonly to: string; readonly raw: string }): Promise<void> {
    await this.#say(`MAIL FROM:<${mail.from}>`, '250')
    await this.#say(`RCPT TO:<${mail.to}>`, '250')
    await this.#say('DATA', '354')
    await this.#say(`${mail.raw}\r\n.`, '250')
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
  }

  #say(line: string, wanted: string): Promise<void> {
    this.#socket.write(`${line}\r\n`)
    return this.#answer(wanted)
  }

  async #answer(wanted: string): Promise<void> {
    const line = await new Promise<string>((resolve) => {
      this.#waiting = resolve
      this.#take('')
    })
    if (!line.startsWith(wanted)) throw new Error(`The server answered ${line.slice(0, 80)}.`, { cause: this.#broken })
  }

  /** Passes on the last line of a reply; lines with `250-` come before it (RFC 5321 section 4.2.1). */
  #take(chunk: string): void {
    this.#received += chunk
    const whole = /^(?:\d{3}-.*\r\n)*(\d{3} .*)\r\n/.exec(this.#received)
    if (whole === null || this.#waiting === undefined) return
    const waiting = this.#waiting
    this.#waiting = undefined
    this.#received = this.#received.slice(whole[0].length)
    waiting(whole[1] ?? '')
  }
}

/** A plain report of about 2 kB. No two reports are identical, because the spool stores identical mails only once. */
export function plainReport(marker: string, to: string, from = 'robin@sample.example'): string {
  const paragraph =
    'The include directive follows a relative path out of the template folder, so a document reads any file of the server.'
  return [
    `From: Robin Sample <${from}>`,
    `To: <${to}>`,
    `Subject: Reads files outside its folder (${marker})`,
    `Message-ID: <${marker}@sample.example>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...Array.from({ length: 14 }, () => paragraph),
    'Robin',
  ].join('\r\n')
}
