import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'

/**
 * A relay that accepts every mail and only counts them, as simple as possible because the bench measures the sender.
 */
export class Relay implements AsyncDisposable {
  readonly #server = createServer((socket) => this.#serve(socket))
  readonly #sockets = new Set<Socket>()
  readonly #waiting = new Set<() => void>()
  /** How many mails came. */
  mails = 0
  /** How many of the mails were not encrypted. */
  readable = 0
  readonly recipients = new Set<string>()

  static async start(): Promise<Relay> {
    const relay = new Relay()
    relay.#server.listen(0, '127.0.0.1')
    await once(relay.#server, 'listening')
    return relay
  }

  get port(): number {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the relay has no port')
    return address.port
  }

  /** Calls `isSo` now and after each mail, and resolves when `isSo` returns true. */
  async until(isSo: (relay: Relay) => boolean): Promise<void> {
    while (!isSo(this))
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve)
      })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    socket.setEncoding('latin1').setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
    let received = ''
    let inMail = false
    const say = (line: string): void => void socket.write(`${line}\r\n`)
    say('220 relay.example ESMTP')
    socket.on('data', (chunk: string) => {
      received += chunk
      for (;;) {
        const end = received.indexOf(inMail ? '\r\n.\r\n' : '\r\n')
        if (end === -1) return
        const line = received.slice(0, end)
        received = received.slice(end + (inMail ? 5 : 2))
        if (inMail) {
          inMail = false
          this.#count(line)
          say('250 accepted')
          continue
        }
        const verb = line.slice(0, 4).toUpperCase()
        if (verb === 'RCPT') this.recipients.add(line)
        inMail = verb === 'DATA'
        say(verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 fine')
      }
    })
  }

  #count(mail: string): void {
    this.mails += 1
    if (!mail.includes('Content-Type: multipart/encrypted')) this.readable += 1
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }
}
