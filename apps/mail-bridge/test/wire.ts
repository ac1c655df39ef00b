import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** An SMTP client that sends exactly what it is told, right or wrong. */
export class Wire {
  readonly #socket: Socket
  #text = ''
  #over = false
  #wake: () => void = () => undefined

  /** `at`: a port of this machine, or the path of a Unix socket. */
  constructor(at: number | string) {
    this.#socket = typeof at === 'number' ? connect(at, '127.0.0.1') : connect(at)
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (chunk) => {
      this.#text += String(chunk)
      this.#wake()
    })
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => {
      this.#over = true
      this.#wake()
    })
  }

  write(bytes: string | Uint8Array): void {
    this.#socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  }

  /**
   * The next complete reply, with all its lines: the last line has a space after the code. `closed` if the connection
   * ended.
   */
  async reply(): Promise<string> {
    for (;;) {
      const match = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/u.exec(this.#text)
      if (match !== null) {
        this.#text = this.#text.slice(match[0].length)
        return match[0].trimEnd()
      }
      if (this.#over) return 'closed'
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  async say(line: string): Promise<string> {
    this.write(`${line}\r\n`)
    return this.reply()
  }

  /** Reads the greeting, and sends EHLO, MAIL, RCPT and DATA up to the reply 354. */
  async open(to = 'security@example.org', from = 'rae@reporter.example'): Promise<void> {
    await this.reply()
    for (const line of ['EHLO reporter.example', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA']) {
      const reply = await this.say(line)
      if (!/^[23]/u.test(reply)) throw new Error(`${line}: ${reply}`)
    }
  }

  async readToClose(): Promise<string[]> {
    const replies: string[] = []
    for (let reply = await this.reply(); reply !== 'closed'; reply = await this.reply()) replies.push(reply)
    return replies
  }

  close(): void {
    this.#socket.destroy()
  }
}
