import { plainReport, SmtpClient } from './smtp-client.ts'

/**
 * Sends reports to one address, each from another sender, because many reports from one sender would wait for a person.
 */
export class Mails implements Disposable {
  readonly #client: SmtpClient
  readonly #to: string
  /** The number of connections so far. It makes each sender different. */
  static #count = 0
  #last: Promise<void> = Promise.resolve()

  private constructor(client: SmtpClient, to: string) {
    this.#client = client
    this.#to = to
  }

  static async to(port: number, address: string): Promise<Mails> {
    return new Mails(await SmtpClient.connect(port), address)
  }

  /** Sends a report. A connection carries one mail at a time, so each mail waits for the previous one. */
  send(marker: string): Promise<void> {
    this.#last = this.#last.then(() => this.#sendNext(marker))
    return this.#last
  }

  async #sendNext(marker: string): Promise<void> {
    const count = (Mails.#count += 1)
    const from = `robin-${count}@sample.example`
    await this.#client.send({ from, to: this.#to, raw: plainReport(`${marker}-${count}`, this.#to, from) })
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }
}
