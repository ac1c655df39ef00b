import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'

/** A request with its bytes. */
export type ReceivedRequest = {
  readonly verb: string
  readonly path: string
  readonly query: URLSearchParams
  readonly contentType: string
  readonly authorization: string | undefined
  /** The header X-Audit-Log-Reason, which the admins of the server can read. */
  readonly reason: string | undefined
  /** Every header, by its name in lower case. */
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** The response. */
export type Reply = {
  readonly status: number
  readonly body: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  /** A fault for this response: the connection breaks, or the response is late. */
  readonly fault?: { readonly kind: 'lose-answer' | 'lose-request' } | { readonly kind: 'hang'; readonly ms: number }
}

/** An HTTP server on loopback that hands each request to `answer`. */
export class LoopbackServer {
  readonly #server = createServer((request, response) => void this.#serve(request, response))
  readonly #answer: (received: ReceivedRequest) => Promise<Reply>
  readonly #requestBytesMax: number
  readonly #timers = new Set<NodeJS.Timeout>()
  #port = 0

  constructor(rules: {
    readonly requestBytesMax: number
    readonly answer: (received: ReceivedRequest) => Promise<Reply>
    readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  }) {
    this.#answer = rules.answer
    this.#requestBytesMax = rules.requestBytesMax
    this.#server.on('upgrade', rules.upgrade)
  }

  /** `http://127.0.0.1:<port>` */
  get base(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(0, '127.0.0.1', resolve)
    })
    const address = this.#server.address()
    this.#port = typeof address === 'object' && address !== null ? address.port : 0
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      this.#send(await this.#answer(await receive(request, this.#requestBytesMax)), request, response)
    } catch (error) {
      // If the connection is broken, the app has caused the error. Any other error is a fault of the emulator, and is
      // shown in the response.
      if (response.destroyed || request.destroyed) return
      response.writeHead(500).end(error instanceof Error ? (error.stack ?? error.message) : 'unknown')
    }
  }

  #send(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
    const { fault } = reply
    if (fault?.kind === 'lose-answer' || fault?.kind === 'lose-request') {
      request.socket.destroy()
      return
    }
    const send = (): void => void response.writeHead(reply.status, reply.headers).end(reply.body)
    if (fault?.kind !== 'hang') return send()
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      send()
    }, fault.ms)
    this.#timers.add(timer)
  }
}

const receive = async (request: IncomingMessage, bytesMax: number): Promise<ReceivedRequest> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > bytesMax) throw new Error('The request is larger than any app sends.')
    chunks.push(bytes)
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  return {
    verb: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization,
    reason: request.headersDistinct['x-audit-log-reason']?.[0],
    headers: request.headers,
    body: Buffer.concat(chunks),
  }
}
